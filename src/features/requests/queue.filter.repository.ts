/**
 * The queue's filters as SQL: AND between filters, OR inside one.
 *
 * Tab, status and approval type choose buckets, and a page is merged from the indexes of those, in the order that is asked for.
 * What else is asked for is looked for on that way, for a stretch: common words fill the page within it. Whatever is so rare that
 * it does not is found by an index of its own instead, and sorted.
 */
import { and, eq, gte, ilike, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Queue } from '../../domain/request/record.ts'
import { isUuid } from '../../domain/shared/uuid.ts'
import { type DbOrTx, rowsOf } from '../../platform/db/columns.ts'
import { asWords, beginningWord, containing, keyset, type Slice, sortField } from '../../platform/db/keyset.ts'
import { type Bucket, bucketsOf } from './buckets.ts'
import type { RequestFilter, RequestSort } from './requests.schemas.ts'
import { accessRequests, expiry } from './requests.table.ts'

export type QueueSlice = Slice<RequestSort>

/** Rows on the way through the order of the queue among which rare ones are looked for: for a page, and for a counter. */
const usualStretch = { page: 5000, count: 20_000 }

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

function byRequester(requester: string): SQL | undefined {
  return isUuid(requester)
    ? eq(accessRequests.requesterId, requester)
    : ilike(accessRequests.requesterName, containing(requester))
}

/** One or two letters are the beginning of a word: anywhere in it they would be in nearly everything. */
function bySearch(q: string): SQL | undefined {
  if (isUuid(q)) return eq(accessRequests.id, q)
  const text = accessRequests.searchText
  if (q.trim().length > 2) return sql`${text} like lower(${containing(q)})`
  return or(...beginningWord(q.trim()).map((pattern) => sql`${text} like lower(${pattern})`))
}

function submittedWithin({ from, to }: RequestFilter): SQL | undefined {
  return and(from ? gte(accessRequests.createdAt, from) : undefined, to ? lt(accessRequests.createdAt, to) : undefined)
}

/** What is asked for beyond buckets and time. */
export function rareOf({ requester, q }: RequestFilter): SQL | undefined {
  return and(requester ? byRequester(requester) : undefined, q ? bySearch(q) : undefined)
}

/** True when an index leads to few rows at once. */
function isPrecise({ requester, q }: RequestFilter): boolean {
  return (requester !== undefined && isUuid(requester)) || (q !== undefined && isUuid(q))
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
  stretch = usualStretch.page,
): Promise<string[]> {
  const chosen = bucketsOf(filter)
  const isInOrder = sortField(slice.sort) === 'createdAt'
  const rare = and(rareOf(filter), isInOrder ? undefined : submittedWithin(filter))
  const passing = isInOrder ? submittedWithin(filter) : undefined
  if (!rare) return idsOf(db, inOrder({ chosen, passing, slice, columns: sql`id`, limit: slice.limit }))
  if (!isPrecise(filter)) {
    const { ids, isEnough } = await lookOnTheWay(db, { chosen, passing, rare, slice, stretch })
    if (isEnough) return ids
  }
  const { where, orderBy } = pageOf(slice)
  return idsOf(
    db,
    sql`with found as materialized (select ${sortedBy} from ${accessRequests} where ${and(rare, passing)})
      select id from found as access_requests where ${and(isIn(chosen), where)}
      order by ${sql.join(orderBy, sql`, `)} limit ${slice.limit}`,
  )
}

const sortedBy = sql.raw('id, bucket, created_at, requester_name, flow_name, status, expires_at')
const looked = sql.raw('id, queue, sorted_by, created_at, requester_id, requester_name, search_text')

export const isIn = (chosen: readonly Bucket[]) =>
  sql`bucket = any(array[${sql.raw(chosen.map(({ number }) => number).join(', '))}]::smallint[])`

interface Way {
  chosen: readonly Bucket[]
  /** A condition that the index of the order serves. */
  passing: SQL | undefined
  slice: Pick<QueueSlice, 'sort' | 'after'>
  columns: SQL
  limit: number
}

/** Rows of the chosen buckets in the order of the slice, read from an index of each and merged. */
export function inOrder({ chosen, passing, slice, columns, limit }: Way): SQL {
  const { where, orderBy } = pageOf(slice)
  const order = sql.join(orderBy, sql`, `)
  const parts = chosen.map(
    ({ number }) =>
      sql`(select *, ${sortColumns[fieldOf(slice)]} as sorted_by from ${accessRequests} where ${and(sql`bucket = ${sql.raw(String(number))}`, passing, where)}
        order by ${order} limit ${limit})`,
  )
  return sql`select ${columns} from (${sql.join(parts, sql` union all `)}) as access_requests
    order by ${bySorted(slice)} limit ${limit}`
}

const fieldOf = ({ sort }: Pick<QueueSlice, 'sort'>) => sortField(sort) as keyof typeof sortColumns

/** The order of a slice among rows that carry what they are sorted by. */
function bySorted({ sort }: Pick<QueueSlice, 'sort'>): SQL {
  const direction = sql.raw(sort.startsWith('-') ? 'desc' : 'asc')
  return sql`sorted_by ${direction}, id ${direction}`
}

/** @returns `isEnough` when the page is full, or the way was at its end */
async function lookOnTheWay(
  db: DbOrTx,
  {
    chosen,
    passing,
    rare,
    slice,
    stretch,
  }: Pick<Way, 'chosen' | 'passing'> & { rare: SQL; slice: QueueSlice; stretch: number },
) {
  const [row] = await rowsOf<{ ids: string[]; count: number }>(
    db,
    sql`with walked as materialized (${inOrder({ chosen, passing, slice, columns: looked, limit: stretch })})
    select (select count(*)::int from walked) as count, array(
      select id from walked as access_requests where ${rare} order by ${bySorted(slice)} limit ${slice.limit}
    ) as ids`,
  )
  const { ids = [], count = 0 } = row ?? {}
  return { ids, isEnough: ids.length === slice.limit || count < stretch }
}

async function idsOf(db: DbOrTx, query: SQL): Promise<string[]> {
  return (await rowsOf<{ id: string }>(db, query)).map(({ id }) => id)
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
  stretch = usualStretch.count,
): Promise<{ administrator: number; others: number; isCapped: boolean }> {
  const { status, approvalType } = filter
  const chosen = bucketsOf({ status, approvalType })
  const rare = rareOf(filter)
  const passing = submittedWithin(filter)
  const latest = {
    chosen,
    passing,
    slice: { sort: '-createdAt' as const },
    columns: looked,
    limit: stretch,
  }
  const byIndex = sql`with found as materialized (select bucket, queue from ${accessRequests} where ${and(rare, passing)})
    select queue, count(*)::int as count, 0 as walked from (select queue from found where ${isIn(chosen)} limit ${countedAtMost}) as counted group by queue`
  if (isPrecise(filter)) return asCounts(await rowsOf<QueueCount>(db, byIndex))
  const onTheWay = await rowsOf<QueueCount>(
    db,
    sql`with walked as materialized (${inOrder(latest)})
      select null as queue, 0 as count, count(*)::int as walked from walked
      union all select queue, count(*)::int, 0 from (select queue from walked as access_requests where ${rare} limit ${countedAtMost}) as counted group by queue`,
  )
  const counts = asCounts(onTheWay)
  const isAll = onTheWay.some(({ queue, walked }) => queue === null && walked < stretch)
  return isAll || counts.isCapped ? counts : asCounts(await rowsOf<QueueCount>(db, byIndex))
}

interface QueueCount {
  queue: Queue | null
  count: number
  walked: number
}

function asCounts(rows: readonly QueueCount[]) {
  const of = (name: Queue) => rows.find(({ queue }) => queue === name)?.count ?? 0
  const [administrator, others] = [of('administrator'), of('others')]
  return { administrator, others, isCapped: administrator + others >= countedAtMost }
}
