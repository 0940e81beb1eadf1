/** Mails about the end of access. */
import { eq } from 'drizzle-orm'
import { isReturned } from '../../domain/grant/move.ts'
import type { AccessGrant, GrantEnd } from '../../domain/grant/record.ts'
import type { Person } from '../../domain/shared/person.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { MailIntent } from '../../platform/mail/mail.types.ts'
import { accessRequests } from '../requests/requests.table.ts'

/** One mail to each administrator for a grant, however often its end is tried: the key does not change. */
export async function endFailedMails(
  tx: DbOrTx,
  grant: AccessGrant,
  { message, to: administrators }: { message: string; to: Person[] },
): Promise<MailIntent[]> {
  const [row] = await tx
    .select({ request: accessRequests.record })
    .from(accessRequests)
    .where(eq(accessRequests.id, grant.accessRequestId))
  if (!row) return []
  const { id, flow, requester, reason, approvedDuration, createdAt } = row.request
  const { name, email } = grant.user
  const request = {
    id,
    flowName: flow.name,
    requester: { name, email, department: requester.department },
    reason,
    duration: approvedDuration,
    createdAt,
    expiresAt: null,
  }
  return administrators.map((to) => ({
    kind: 'processing_error',
    to: { id: to.id, name: to.name, email: to.email },
    data: { request, message, attempts: 5, isTaking: true },
    key: `${grant.id}:end_failed:${to.id}`,
    accessRequestId: grant.accessRequestId,
  }))
}

/** To the user whose access has ended. */
export function endedMail(grant: AccessGrant, end: GrantEnd, canAskAgain: boolean): MailIntent {
  return {
    kind: 'access_ended',
    to: grant.user,
    data: {
      flowName: grant.flowName,
      flowId: grant.flowId,
      endedAt: end.at,
      revoked: end.by !== null && !isReturned(grant),
      returned: isReturned(grant),
      canAskAgain,
    },
    key: `${grant.id}:ended`,
    accessRequestId: grant.accessRequestId,
  }
}

/** To the user whose access ends soon. */
export function endingMail(grant: AccessGrant, expiresAt: string, canAskAgain: boolean): MailIntent {
  return {
    kind: 'access_ending',
    to: grant.user,
    data: {
      flowName: grant.flowName,
      flowId: grant.flowId,
      expiresAt,
      canAskAgain,
    },
    key: `${grant.id}:ending:${expiresAt}`,
    accessRequestId: grant.accessRequestId,
  }
}
