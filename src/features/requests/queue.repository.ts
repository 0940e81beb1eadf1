/** Reads the queue. */
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { PgSelect } from 'drizzle-orm/pg-core'
import { type CurrentPerson, peopleIn, withPeople } from '../../domain/request/people.ts'
import type { AccessRequest, Queue, RequestStatus } from '../../domain/request/record.ts'
import { type DbOrTx, idArray, isAmongIds } from '../../platform/db/columns.ts'
import { builtOnce } from '../../platform/db/prepared.ts'
import { isSearched } from '../../platform/db/search.ts'
import { inPortions } from '../../platform/db/snapshot.ts'
import { users } from '../directory/users/users.table.ts'
import { approvalFlows } from '../flows/flows.table.ts'
import { grants } from '../grants/grants.table.ts'
import { type Bucket, bucketsOf, isByDays } from './buckets.ts'
import { countRare, idsInOrder, idsOfPage, pageOf, type QueueSlice } from './queue.filter.repository.ts'
import { type BucketCounts, countAll, countBetween } from './queue-counts.repository.ts'
import { addCurrentPeople } from './requests.people.repository.ts'
import type { QueueEntry } from './requests.presenter.ts'
import type { RequestFilter, RequestSort } from './requests.schemas.ts'
import { accessRequests } from './requests.table.ts'

/** An entry, with what it stands by in each order of the queue. */
export type QueueRow = QueueEntry &
  Pick<typeof accessRequests.$inferSelect, 'id' | 'createdAt' | 'requesterName' | 'flowName' | 'status' | 'expiresAt'>

/** What an entry is made of. */
const shown = {
  request: accessRequests.record,
  started: accessRequests.started,
  isFlowClosed: sql<boolean>`${approvalFlows.deletedAt} is not null or ${approvalFlows.enabled} is not true`,
  grant: { id: grants.id, expiresAt: grants.expiresAt, endedAt: grants.endedAt },
  endedBy: { id: users.id, name: users.name },
}

const columns = {
  id: accessRequests.id,
  createdAt: accessRequests.createdAt,
  requesterName: accessRequests.requesterName,
  flowName: accessRequests.flowName,
  status: accessRequests.status,
  expiresAt: accessRequests.expiresAt,
  ...shown,
}

const withContext = <Q extends PgSelect>(query: Q) =>
  query
    .leftJoin(approvalFlows, eq(approvalFlows.id, accessRequests.flowId))
    .leftJoin(grants, eq(grants.accessRequestId, accessRequests.id))
    .leftJoin(users, eq(users.id, grants.endedById))

const select = (db: DbOrTx) => withContext(db.select(columns).from(accessRequests).$dynamic())

type Selected = Awaited<ReturnType<typeof select>>[number]

function toRow<Row extends Pick<Selected, 'grant' | 'endedBy'>>({ grant, endedBy, ...row }: Row) {
  return { ...row, grant: grant && { expiresAt: grant.expiresAt, endedAt: grant.endedAt, endedBy } }
}

const rowsById = builtOnce((db) => select(db).where(isAmongIds(accessRequests.id)).prepare('requests_by_id'))

/**
 * Names and addresses are those of now: a record keeps those of its last move.
 * @param people who is known already, to whom those are added who are read
 */
async function withCurrentPeople<Row extends { request: AccessRequest }>(
  db: DbOrTx,
  rows: Row[],
  people = new Map<string, CurrentPerson>(),
): Promise<Row[]> {
  const ids = rows.flatMap(({ request }) => peopleIn(request))
  await addCurrentPeople(db, ids, people)
  return rows.map((row) => ({ ...row, request: withPeople(row.request, people) }))
}

/** Up to `limit` requests that meet a condition, in the order of the slice: for conditions that an index leads to. */
export async function listRequests(db: DbOrTx, where: SQL | undefined, slice: QueueSlice): Promise<QueueRow[]> {
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
  const rows = await rowsById(db).execute({ ids: idArray(ids) })
  return withCurrentPeople(db, inOrderOf(ids, rows, ({ id }) => id).map(toRow))
}

function inOrderOf<Row>(ids: readonly string[], rows: readonly Row[], idOf: (row: Row) => string): Row[] {
  const found = new Map(rows.map((row) => [idOf(row), row]))
  return ids.flatMap((id) => found.get(id) ?? [])
}

const entriesById = builtOnce((db) =>
  withContext(db.select(shown).from(accessRequests).$dynamic())
    .where(isAmongIds(accessRequests.id))
    .prepare('entries_by_id'),
)

/** People who are remembered during an export: more than that are read again. */
const peopleAtOnce = 10_000

/** Every matching request, some at a time. @param tx a transaction of one snapshot */
export function wholeQueue(tx: DbOrTx, filter: RequestFilter, sort: RequestSort): AsyncIterable<QueueEntry[]> {
  const people = new Map<string, CurrentPerson>()
  return inPortions(tx, idsInOrder(filter, sort), async (ids: string[]) => {
    if (people.size > peopleAtOnce) people.clear()
    const rows = await entriesById(tx).execute({ ids: idArray(ids) })
    return withCurrentPeople(tx, inOrderOf(ids, rows, ({ request }) => request.id).map(toRow), people)
  })
}

/** What a person has asked for. `q`: words of the flow and the reason, or the beginning of the id. */
export function listOfRequester(
  db: DbOrTx,
  { userId, status, q }: { userId: string } & Pick<RequestFilter, 'status' | 'q'>,
  slice: QueueSlice,
): Promise<QueueRow[]> {
  const hasStatus = status?.length ? inArray(accessRequests.status, status) : undefined
  const isFound = q ? isSearched(accessRequests.searchText, q, accessRequests.id) : undefined
  return listRequests(db, and(eq(accessRequests.requesterId, userId), hasStatus, isFound), slice)
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

/**
 * How many requests each tab holds under these filters, and how many lack data at all.
 * @param known what `countAll` has just read, when it has
 */
export async function countQueue(db: DbOrTx, filter: RequestFilter, known?: BucketCounts): Promise<QueueCounts> {
  const { status, approvalType, from, to } = filter
  const all = known ?? (await countAll(db))
  const missingData = sumOf(all, bucketsOf({ status: ['missing_data'] }))
  if (!isByDays(filter)) return { missingData, ...(await countRare(db, filter)) }
  const counted = from || to ? await countBetween(db, { from, to }) : all
  const inQueue = (queue: Queue) => sumOf(counted, bucketsOf({ queue, status, approvalType }))
  return { administrator: inQueue('administrator'), others: inQueue('others'), missingData, isCapped: false }
}

function sumOf(counts: BucketCounts, chosen: readonly Bucket[]): number {
  return chosen.reduce((sum, { number }) => sum + (counts.get(number) ?? 0), 0)
}
