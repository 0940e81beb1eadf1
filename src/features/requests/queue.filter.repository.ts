/**
 * The queue's filters as SQL: AND between filters, OR inside one.
 *
 * Tab, status and approval type choose buckets, and a page is merged from the indexes of those, in the order that is asked for.
 * What else is asked for is looked for on that way, for a stretch: common words fill the page within it. Whatever is so rare that
 * it does not is found by an index of its own instead, and sorted.
 */
import { and, gte, lt, type SQL, sql } from 'drizzle-orm'
import type { Queue } from '../../domain/request/record.ts'
import { type DbOrTx, rowsOf } from '../../platform/db/columns.ts'
import { asWords, keyset, type Slice, sortField } from '../../platform/db/keyset.ts'
import { findOnTheWay, merged } from '../../platform/db/rare.ts'
import { type Bucket, bucketsOf } from './buckets.ts'
import { expiringWithin, isIn, isPrecise, type Reading, rareOf } from './queue.search.repository.ts'
import type { RequestFilter, RequestSort } from './requests.schemas.ts'
import { accessRequests, expiry } from './requests.table.ts'

export type QueueSlice = Slice<RequestSort>

/** Rows on the way through the order of the queue among which rare ones are looked for. */
const usualStretch = 5000

/** What the queue can be sorted by, as its indexes are. */
const sortColumns = {
  createdAt: accessRequests.createdAt,
  requesterName: asWords(accessRequests.requesterName),
  flowName: asWords(accessRequests.flowName),
  status: accessRequests.status,
  expiresAt: expiry(accessRequests),
}

/** Condition and order of a slice of the queue. */
export function pageOf(slice: Pick<QueueSlice, 'sort' | 'after'>) {
  return keyset(sortColumns, accessRequests.id, slice)
}

function submittedWithin({ from, to }: RequestFilter): SQL | undefined {
  return and(from ? gte(accessRequests.createdAt, from) : undefined, to ? lt(accessRequests.createdAt, to) : undefined)
}

/**
 * Ids of up to `limit` requests of one page of the queue, in its order.
 * @param stretch how many rows are looked at on the way, where something rare is asked for
 */
// oxlint-disable-next-line max-params -- tests shorten the way
export async function idsOfPage(
  db: DbOrTx,
  filter: RequestFilter,
  slice: QueueSlice,
  stretch = usualStretch,
): Promise<string[]> {
  const isByTime = sortField(slice.sort) === 'createdAt'
  const isWanted = (reading: Reading) => and(rareOf(filter, reading), isByTime ? undefined : submittedWithin(filter))
  const passing = isByTime
    ? submittedWithin(filter)
    : sortField(slice.sort) === 'expiresAt'
      ? expiringWithin(filter)
      : undefined
  const way = { chosen: bucketsOf(filter), passing, slice }
  const byIndex = () => idsByIndex(db, { ...way, isWanted: isWanted('by index'), limit: slice.limit })
  if (isPrecise(filter)) return byIndex()
  const isMet = isWanted('one by one')
  return findOnTheWay(
    db,
    {
      inOrder: (limit) => (isMet ? allInOrder({ ...way, limit }) : firstInOrder({ ...way, limit })),
      as: sql`access_requests`,
      isWanted: isMet,
      key: sql`id`,
      limit: slice.limit,
      byIndex,
    },
    stretch,
  )
}

/** Ids of one page of what is rare, which is found and then sorted. */
async function idsByIndex(
  db: DbOrTx,
  { chosen, passing, slice, isWanted, limit }: Way & { isWanted: SQL | undefined },
): Promise<string[]> {
  const { where, orderBy } = pageOf(slice)
  const rows = await rowsOf<{ id: string }>(
    db,
    sql`with found as materialized (select ${sortedBy} from ${accessRequests} where ${and(isWanted, passing)})
      select id from found as access_requests where ${and(isIn(chosen), where)}
      order by ${sql.join(orderBy, sql`, `)} limit ${limit}`,
  )
  return rows.map(({ id }) => id)
}

/** All that match, in the order of the queue: a query for their ids. */
export function idsInOrder(filter: RequestFilter, sort: RequestSort): SQL {
  const matching = and(isIn(bucketsOf(filter)), rareOf(filter, 'by index'), submittedWithin(filter))
  return sql`select id from ${accessRequests} where ${matching} order by ${sql.join(pageOf({ sort }).orderBy, sql`, `)}`
}

const sortedBy = sql.raw('id, bucket, created_at, requester_name, flow_name, status, expires_at')
const looked = sql.raw(
  'id, queue, status, created_at, expires_at, flow_id, requester_id, requester_name, awaited_ids, search_text',
)

interface Way {
  chosen: readonly Bucket[]
  /** A condition that the index of the order serves. */
  passing: SQL | undefined
  slice: Pick<QueueSlice, 'sort' | 'after'>
  limit: number
}

/** Rows of one bucket from the slice on, with what they are sorted by: an index has them in its order. */
function inBucket(bucket: SQL, columns: SQL, { passing, slice }: Way): SQL {
  return sql`select ${columns}, ${sortColumns[fieldOf(slice)]} as sorted_by from ${accessRequests}
    where ${and(sql`bucket = ${bucket}`, passing, pageOf(slice).where)}`
}

/** Ids of the first rows of the chosen buckets in the order of the slice. Each bucket is read up to the limit: for few rows. */
export function firstInOrder(way: Way): SQL {
  const numbers = sql.raw(way.chosen.map(({ number }) => `(${number}::smallint)`).join(', '))
  return sql`select id from (values ${numbers}) as chosen (number)
    cross join lateral (
      ${inBucket(sql`chosen.number`, sql`id`, way)} order by ${bySorted(way.slice)} limit ${way.limit}
    ) as access_requests
    order by ${bySorted(way.slice)} limit ${way.limit}`
}

/** Rows of the chosen buckets in the order of the slice, merged as they are read: for many. */
export function allInOrder(way: Way): SQL {
  const parts = way.chosen.map(({ number }) => inBucket(sql.raw(String(number)), looked, way))
  return merged(parts, { as: sql`access_requests`, order: bySorted(way.slice), limit: way.limit })
}

const fieldOf = ({ sort }: Pick<QueueSlice, 'sort'>) => sortField(sort) as keyof typeof sortColumns

/** The order of a slice among rows that carry what they are sorted by. */
function bySorted({ sort }: Pick<QueueSlice, 'sort'>): SQL {
  const direction = sql.raw(sort.startsWith('-') ? 'desc' : 'asc')
  return sql`sorted_by ${direction}, id ${direction}`
}

/** The most that a search counts. */
const countedAtMost = 1000

/**
 * How many requests of each tab match what is rare, up to 1,000 of both together.
 * @param stretch how many of the latest requests are looked at before the rest is found by index
 */
export async function countRare(
  db: DbOrTx,
  filter: RequestFilter,
  stretch = usualStretch,
): Promise<{ administrator: number; others: number; isCapped: boolean }> {
  const { status, approvalType } = filter
  const chosen = bucketsOf({ status, approvalType })
  const isMet = rareOf(filter, 'one by one')
  const isFound = rareOf(filter, 'by index')
  const passing = submittedWithin(filter)
  const latest = allInOrder({ chosen, passing, slice: { sort: '-createdAt' }, limit: stretch })
  const byQueue = sql`select queue, count(*)::int as count`
  const byIndex = sql`with found as materialized (select bucket, queue from ${accessRequests} where ${and(isFound, passing)})
    ${byQueue}, null as walked from (select queue from found where ${isIn(chosen)} limit ${countedAtMost}) as counted group by queue`
  if (isPrecise(filter)) return asCounts(await rowsOf<QueueCount>(db, byIndex))
  const onTheWay = await rowsOf<QueueCount>(
    db,
    sql`with walked as materialized (${latest}),
      counted as materialized (${byQueue} from (select queue from walked as access_requests where ${isMet} limit ${countedAtMost}) as counted group by queue)
      select queue, count, null as walked from counted
      union all select null, 0, case when (select coalesce(sum(count), 0) from counted) < ${countedAtMost} then (select count(*)::int from walked) end`,
  )
  const isAll = onTheWay.some(({ walked }) => walked !== null && walked < stretch)
  const counts = asCounts(onTheWay)
  return isAll || counts.isCapped ? counts : asCounts(await rowsOf<QueueCount>(db, byIndex))
}

interface QueueCount {
  queue: Queue | null
  count: number
  /** Rows that were looked at; null when enough were found before. */
  walked: number | null
}

function asCounts(rows: readonly QueueCount[]) {
  const of = (name: Queue) => rows.find(({ queue }) => queue === name)?.count ?? 0
  const [administrator, others] = [of('administrator'), of('others')]
  return { administrator, others, isCapped: administrator + others >= countedAtMost }
}
