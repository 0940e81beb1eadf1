/** Finished requests that are not kept any longer, with the access that they gave and that has ended. */
import { and, eq, inArray, lt, sql } from 'drizzle-orm'
import { openStatuses } from '../../domain/request/record.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { Slice } from '../../platform/db/keyset.ts'
import { mails } from '../../platform/mail/mail.table.ts'
import { grants } from '../grants/grants.table.ts'
import { buckets } from './buckets.ts'
import { firstInOrder } from './queue.filter.repository.ts'
import { accessRequests } from './requests.table.ts'

const finished = buckets.filter(({ status }) => !openStatuses.some((open) => open === status))

export interface OldRequest {
  id: string
  createdAt: string
  grantId: string | null
}

/**
 * Up to `limit` of those that have been finished, and their access over, for more than `days`: in the order of their
 * submission, from the one after `after` on. No request is finished before it was submitted, so the way ends early.
 */
export async function oldRequests(
  db: DbOrTx,
  days: number,
  { after, limit }: Pick<Slice, 'after' | 'limit'>,
): Promise<OldRequest[]> {
  const before = sql`now() - ${days} * interval '1 day'`
  const { createdAt, updatedAt } = accessRequests
  const hasAccessSince = sql`exists (select 1 from ${grants} g where g.access_request_id = ${accessRequests.id}
    and (g.ended_at is null or g.ended_at > ${before}))`
  const passing = and(lt(createdAt, before), lt(updatedAt, before), sql`not ${hasAccessSince}`)
  const found = firstInOrder({ chosen: finished, passing, slice: { sort: 'createdAt', after }, limit })
  return db
    .select({ id: accessRequests.id, createdAt, grantId: grants.id })
    .from(accessRequests)
    .leftJoin(grants, eq(grants.accessRequestId, accessRequests.id))
    .where(sql`${accessRequests.id} in (${found})`)
    .orderBy(createdAt, accessRequests.id)
}

/** Removes them with what hangs on them. @returns how many requests */
export async function removeRequests(tx: DbOrTx, ids: string[]): Promise<number> {
  await tx.delete(grants).where(inArray(grants.accessRequestId, ids))
  await tx.delete(mails).where(inArray(mails.accessRequestId, ids))
  const removed = await tx.delete(accessRequests).where(inArray(accessRequests.id, ids)).returning({ id: sql`1` })
  return removed.length
}
