/** Finished requests that are not kept any longer, with the access that they gave and that has ended. */
import { and, asc, inArray, lt, notInArray, sql } from 'drizzle-orm'
import { openStatuses } from '../../domain/request/record.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { mails } from '../../platform/mail/mail.table.ts'
import { grants } from '../grants/grants.table.ts'
import { accessRequests } from './requests.table.ts'

export interface OldRequest {
  id: string
  grantId: string | null
}

/** The oldest that have been finished, and their access over, for more than `days`. */
export async function oldRequests(db: DbOrTx, days: number, limit: number): Promise<OldRequest[]> {
  const before = sql`now() - ${days} * interval '1 day'`
  const grantId = sql<string | null>`(select g.id from ${grants} g where g.access_request_id = ${accessRequests.id})`
  const hasAccessSince = sql`exists (select 1 from ${grants} g where g.access_request_id = ${accessRequests.id}
    and (g.ended_at is null or g.ended_at > ${before}))`
  return db
    .select({ id: accessRequests.id, grantId })
    .from(accessRequests)
    .where(
      and(
        notInArray(accessRequests.status, [...openStatuses]),
        lt(accessRequests.updatedAt, before),
        sql`not ${hasAccessSince}`,
      ),
    )
    .orderBy(asc(accessRequests.updatedAt))
    .limit(limit)
}

/** Removes them with what hangs on them. @returns how many requests */
export async function removeRequests(tx: DbOrTx, ids: string[]): Promise<number> {
  await tx.delete(grants).where(inArray(grants.accessRequestId, ids))
  await tx.delete(mails).where(inArray(mails.accessRequestId, ids))
  const removed = await tx.delete(accessRequests).where(inArray(accessRequests.id, ids)).returning({ id: sql`1` })
  return removed.length
}
