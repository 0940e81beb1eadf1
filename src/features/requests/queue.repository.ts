/** Reads the queue. */
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { PgSelect } from 'drizzle-orm/pg-core'
import { peopleIn, withPeople } from '../../domain/request/people.ts'
import type { Queue, RequestStatus } from '../../domain/request/record.ts'
import { type DbOrTx, idList } from '../../platform/db/columns.ts'
import { afterRow } from '../../platform/db/keyset.ts'
import { builtOnce } from '../../platform/db/prepared.ts'
import { users } from '../directory/users/users.table.ts'
import { approvalFlows } from '../flows/flows.table.ts'
import { grants } from '../grants/grants.table.ts'
import { type Bucket, bucketsOf } from './buckets.ts'
import { countRare, idsOfPage, pageOf, type QueueSlice } from './queue.filter.repository.ts'
import { type BucketCounts, countAll, countBetween } from './queue-counts.repository.ts'
import type { QueueEntry } from './requests.presenter.ts'
import type { RequestFilter, RequestSort } from './requests.schemas.ts'
import { accessRequests, isOpenRow } from './requests.table.ts'

/** An entry, with what it stands by in each order of the queue. */
export type QueueRow = QueueEntry &
  Pick<typeof accessRequests.$inferSelect, 'id' | 'createdAt' | 'requesterName' | 'flowName' | 'status' | 'expiresAt'>

const columns = {
  id: accessRequests.id,
  createdAt: accessRequests.createdAt,
  requesterName: accessRequests.requesterName,
  flowName: accessRequests.flowName,
  status: accessRequests.status,
  expiresAt: accessRequests.expiresAt,
  request: accessRequests.record,
  started: accessRequests.started,
  isFlowClosed: sql<boolean>`${approvalFlows.deletedAt} is not null or ${approvalFlows.enabled} is not true`,
  grant: { id: grants.id, expiresAt: grants.expiresAt, endedAt: grants.endedAt },
  endedBy: { id: users.id, name: users.name },
}

const withContext = <Q extends PgSelect>(query: Q) =>
  query
    .leftJoin(approvalFlows, eq(approvalFlows.id, accessRequests.flowId))
    .leftJoin(grants, eq(grants.accessRequestId, accessRequests.id))
    .leftJoin(users, eq(users.id, grants.endedById))

const select = (db: DbOrTx) => withContext(db.select(columns).from(accessRequests).$dynamic())

type Selected = Awaited<ReturnType<typeof select>>[number]

function toRow({ grant, endedBy, ...row }: Selected): QueueRow {
  return { ...row, grant: grant && { expiresAt: grant.expiresAt, endedAt: grant.endedAt, endedBy } }
}

/** Names and addresses are those of now: a record keeps those of its last move. */
async function withCurrentPeople(db: DbOrTx, rows: QueueRow[]): Promise<QueueRow[]> {
  const ids = [...new Set(rows.flatMap(({ request }) => peopleIn(request)))]
  if (ids.length === 0) return rows
  const { id, name, email, department } = users
  const found = await db
    .select({ id, name, email, department })
    .from(users)
    .where(sql`${id} = any(${idList(ids)})`)
  const people = new Map(found.map((person) => [person.id, person]))
  return rows.map((row) => ({ ...row, request: withPeople(row.request, people) }))
}

async function list(db: DbOrTx, where: SQL | undefined, slice: QueueSlice): Promise<QueueRow[]> {
  const page = pageOf(slice)
  const rows = await select(db)
    .where(and(where, page.where))
    .orderBy(...page.orderBy)
    .limit(slice.limit)
  return withCurrentPeople(db, rows.map(toRow))
}

/** Up to `limit` requests of one page of the queue. */
export async function listQueue(db: DbOrTx, filter: RequestFilter, slice: QueueSlice): Promise<QueueRow[]> {
  const ids = await idsOfPage(db, filter, slice)
  const rows = await select(db).where(sql`${accessRequests.id} = any(${idList(ids)})`)
  const place = new Map(ids.map((id, index) => [id, index]))
  rows.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0))
  return withCurrentPeople(db, rows.map(toRow))
}

/** Every matching request, page by page, so that memory stays small however many there are. */
export async function* wholeQueue(db: DbOrTx, filter: RequestFilter, sort: RequestSort): AsyncGenerator<QueueRow> {
  let slice: QueueSlice = { sort, limit: 500 }
  for (;;) {
    const rows = await listQueue(db, filter, slice)
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < slice.limit) return
    slice = { ...slice, after: afterRow(last, sort) }
  }
}

/** What a person has asked for. */
export function listOfRequester(
  db: DbOrTx,
  { userId, status }: { userId: string; status?: RequestFilter['status'] },
  slice: QueueSlice,
): Promise<QueueRow[]> {
  const hasStatus = status?.length ? inArray(accessRequests.status, status) : undefined
  return list(db, and(eq(accessRequests.requesterId, userId), hasStatus), slice)
}

/** What waits for a person's decision. */
export function listAwaiting(db: DbOrTx, userId: string, slice: QueueSlice): Promise<QueueRow[]> {
  return list(db, and(sql`${accessRequests.awaitedIds} @> array[${userId}::uuid]`, isOpenRow), slice)
}

/** What a person has decided. */
export function listDecidedBy(db: DbOrTx, userId: string, slice: QueueSlice): Promise<QueueRow[]> {
  return list(db, sql`${accessRequests.deciderIds} @> array[${userId}::uuid]`, slice)
}

const byId = builtOnce((db) =>
  select(db)
    .where(eq(accessRequests.id, sql.placeholder('id')))
    .prepare('request_by_id'),
)

/** One request as the queue shows it. */
export async function findEntry(db: DbOrTx, id: string): Promise<QueueEntry | undefined> {
  const rows = await byId(db).execute({ id })
  return (await withCurrentPeople(db, rows.map(toRow)))[0]
}

/** What a decision is checked by before it is handed on. */
export async function glanceAt(
  db: DbOrTx,
  id: string,
): Promise<{ status: RequestStatus; freshSignIn: boolean | null } | undefined> {
  const { status } = accessRequests
  const [row] = await db
    .select({ status, freshSignIn: approvalFlows.freshSignIn })
    .from(accessRequests)
    .leftJoin(approvalFlows, eq(approvalFlows.id, accessRequests.flowId))
    .where(eq(accessRequests.id, id))
  return row
}

export interface QueueCounts {
  administrator: number
  others: number
  missingData: number
  /** There are more: a search counts up to 1,000 of both tabs together. */
  isCapped: boolean
}

/** How many requests each tab holds under these filters, and how many lack data at all. */
export async function countQueue(db: DbOrTx, filter: RequestFilter): Promise<QueueCounts> {
  const { status, approvalType, from, to, requester, q } = filter
  const all = await countAll(db)
  const missingData = sumOf(all, bucketsOf({ status: ['missing_data'] }))
  if (requester || q) return { missingData, ...(await countRare(db, filter)) }
  const counted = from || to ? await countBetween(db, { from, to }) : all
  const inQueue = (queue: Queue) => sumOf(counted, bucketsOf({ queue, status, approvalType }))
  return { administrator: inQueue('administrator'), others: inQueue('others'), missingData, isCapped: false }
}

function sumOf(counts: BucketCounts, chosen: readonly Bucket[]): number {
  return chosen.reduce((sum, { number }) => sum + (counts.get(number) ?? 0), 0)
}
