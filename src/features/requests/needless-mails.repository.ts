/** Which mails tell of something that waits no longer: asked right before they are sent. */
import { inArray } from 'drizzle-orm'
import { type AccessRequest, isDecidable } from '../../domain/request/record.ts'
import { waitsFor } from '../../domain/request/steps.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { MailRow } from '../../platform/mail/mail.repository.ts'
import type { MailKind } from '../../platform/mail/mail.types.ts'
import { accessRequests } from './requests.table.ts'

type Asked = Pick<MailRow, 'id' | 'kind' | 'recipientId' | 'accessRequestId' | 'data'>

/** Of the kinds that ask their reader to decide: whether the request waits for them still. Others tell what has happened. */
const isStillNeeded: Partial<Record<MailKind, (request: AccessRequest, mail: Asked) => boolean>> = {
  review_requested_administrator: isDecidable,
  review_requested_approver: (request, { recipientId }) => isDecidable(request) && waitsFor(request, recipientId ?? ''),
}

/** @returns the ids of those that nobody needs any more */
export async function findNeedlessMails(db: DbOrTx, mails: readonly Asked[]): Promise<string[]> {
  const asking = mails.filter(({ kind, accessRequestId }) => isStillNeeded[kind] && accessRequestId !== null)
  if (asking.length === 0) return []
  const ids = [...new Set(asking.flatMap(({ accessRequestId }) => accessRequestId ?? []))]
  const rows = await db
    .select({ id: accessRequests.id, record: accessRequests.record })
    .from(accessRequests)
    .where(inArray(accessRequests.id, ids))
  const records = new Map(rows.map(({ id, record }) => [id, record]))
  const isNeeded = (mail: Asked) => {
    const record = records.get(mail.accessRequestId ?? '')
    return record !== undefined && isStillNeeded[mail.kind]?.(record, mail) === true
  }
  return asking.filter((mail) => !isNeeded(mail)).map(({ id }) => id)
}
