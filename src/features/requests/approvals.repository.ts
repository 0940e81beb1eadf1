/** What waits for one person's decision, and what they have decided. */
import { and, type SQL, sql } from 'drizzle-orm'
import { type DbOrTx, rowsOf } from '../../platform/db/columns.ts'
import type { ApprovalsFilter } from './approvals.schemas.ts'
import { pageOf, type QueueSlice } from './queue.filter.repository.ts'
import { listRequests, type QueueRow } from './queue.repository.ts'
import { rareOf } from './queue.search.repository.ts'
import { accessRequests, decidedBy, isOpenRow } from './requests.table.ts'

interface Asked extends ApprovalsFilter {
  userId: string
}

/**
 * The conditions of the indexes that find what is asked for, of which one has to fit: what waits has one index,
 * what was decided one for each place that somebody may have among those who decided.
 */
function placesOf({ state, userId, q }: Asked): SQL[] {
  const waits = and(sql`${accessRequests.awaitedIds} @> array[${userId}::uuid]`, isOpenRow)
  const places = state === 'decided' ? decidedBy(userId) : [waits]
  const isFound = q ? rareOf({ q }, 'by index') : undefined
  return places.flatMap((place) => and(place, isFound) ?? [])
}

/** Ids from all places; of each as many as are asked for, in the order that is given. */
function idsIn(places: readonly SQL[], rest: { where?: SQL | undefined; order?: SQL | undefined; limit: number }): SQL {
  const ofEach = places.map(
    (place) => sql`(select ${accessRequests.id} from ${accessRequests} where ${and(place, rest.where)}
      ${rest.order ?? sql``} limit ${rest.limit})`,
  )
  return sql.join(ofEach, sql` union all `)
}

/** One page. Some have decided thousands: by time the page is read from the indexes in its order. */
export function listApprovals(db: DbOrTx, asked: Asked, slice: QueueSlice): Promise<QueueRow[]> {
  const { where, orderBy } = pageOf(slice)
  const order = sql`order by ${sql.join(orderBy, sql`, `)}`
  const ids = idsIn(placesOf(asked), { where, order, limit: slice.limit })
  return listRequests(db, sql`${accessRequests.id} in (${ids})`, slice)
}

/** The most that is counted. */
const countedAtMost = 1000

/** How many there are, up to 1,000. */
export async function countApprovals(db: DbOrTx, asked: Asked): Promise<{ count: number; isCapped: boolean }> {
  const ids = idsIn(placesOf(asked), { limit: countedAtMost + 1 })
  const [row] = await rowsOf<{ count: number }>(
    db,
    sql`select count(distinct id)::int as count from (${ids}) as counted`,
  )
  const count = row?.count ?? 0
  return { count: Math.min(count, countedAtMost), isCapped: count > countedAtMost }
}
