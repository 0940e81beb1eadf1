/** Reads the queue. */
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { PgSelect } from 'drizzle-orm/pg-core'
import { peopleIn, withPeople } from '../../domain/request/people.ts'
import type { RequestStatus } from '../../domain/request/record.ts'
import type { Db } from '../../platform/db/client.ts'
import { idList } from '../../platform/db/columns.ts'
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts'
import { users } from '../directory/users/users.table.ts'
import { approvalFlows } from '../flows/flows.table.ts'
import { grants } from '../grants/grants.table.ts'
import { settings } from '../settings/settings.table.ts'
import { afterOf, orderOf, sortOf, whereOf } from './requests.filter.repository.ts'
import type { QueueEntry } from './requests.presenter.ts'
import type { RequestFilter, RequestSort } from './requests.schemas.ts'
import { accessRequests, isOpenRow } from './requests.table.ts'

export interface PageOptions {
  limit: number
  cursor?: string | undefined
}

export interface EntryPage {
  entries: QueueEntry[]
  nextCursor: string | null
}

const columns = {
  request: accessRequests.record,
  started: accessRequests.started,
  isFlowClosed: sql<boolean>`${approvalFlows.deletedAt} is not null or ${approvalFlows.enabled} is not true`,
  grantExpiresAt: grants.expiresAt,
  grantEndedAt: grants.endedAt,
  grantId: grants.id,
  endedById: users.id,
  endedByName: users.name,
}

type Row = {
  request: QueueEntry['request']
  started: boolean
  isFlowClosed: boolean
  grantId: string | null
  grantExpiresAt: string | null
  grantEndedAt: string | null
  endedById: string | null
  endedByName: string | null
}

function toEntry(row: Row): QueueEntry {
  const { request, started, isFlowClosed, grantId, grantExpiresAt, grantEndedAt, endedById, endedByName } = row
  const endedBy = endedById && endedByName ? { id: endedById, name: endedByName } : null
  return {
    request,
    started,
    isFlowClosed,
    grant: grantId ? { expiresAt: grantExpiresAt, endedAt: grantEndedAt, endedBy } : null,
  }
}

export function createRequestQueries({ db }: { db: Db }) {
  const withContext = <Q extends PgSelect>(query: Q) =>
    query
      .leftJoin(approvalFlows, eq(approvalFlows.id, accessRequests.flowId))
      .leftJoin(grants, eq(grants.accessRequestId, accessRequests.id))
      .leftJoin(users, eq(users.id, grants.endedById))

  const select = () => withContext(db.select(columns).from(accessRequests).$dynamic())

  const byId = select()
    .where(eq(accessRequests.id, sql.placeholder('id')))
    .prepare('request_by_id')

  /** Names and addresses are those of now: a record keeps those of its last move. */
  async function withCurrentPeople(entries: QueueEntry[]): Promise<QueueEntry[]> {
    const ids = [...new Set(entries.flatMap(({ request }) => peopleIn(request)))]
    if (ids.length === 0) return entries
    const { id, name, email, department } = users
    const rows = await db
      .select({ id, name, email, department })
      .from(users)
      .where(sql`${id} = any(${idList(ids)})`)
    const people = new Map(rows.map((row) => [row.id, row]))
    return entries.map((entry) => ({ ...entry, request: withPeople(entry.request, people) }))
  }

  async function page(
    where: ReturnType<typeof and>,
    sort: RequestSort,
    { limit, cursor }: PageOptions,
  ): Promise<EntryPage> {
    const after = afterOf(sort, decodeCursor(sort, cursor))
    const rows = (await select()
      .where(and(where, after))
      .orderBy(...orderOf(sort))
      .limit(limit + 1)) as Row[]
    const entries = await withCurrentPeople(rows.slice(0, limit).map(toEntry))
    const last = entries.at(-1)
    return { entries, nextCursor: rows.length > limit && last ? cursorAfter(last, sort) : null }
  }

  return {
    list: (filter: RequestFilter, sort: RequestSort, options: PageOptions) => page(whereOf(filter), sort, options),

    async find(id: string): Promise<QueueEntry | undefined> {
      const rows = (await byId.execute({ id })) as Row[]
      return (await withCurrentPeople(rows.map(toEntry)))[0]
    },

    /** What a decision is checked by before it is handed on. */
    async glance(id: string): Promise<{ status: RequestStatus; freshSignIn: boolean | null } | undefined> {
      const { status } = accessRequests
      const [row] = await db
        .select({ status, freshSignIn: approvalFlows.freshSignIn })
        .from(accessRequests)
        .leftJoin(approvalFlows, eq(approvalFlows.id, accessRequests.flowId))
        .where(eq(accessRequests.id, id))
      return row
    },

    async counts(filter: RequestFilter): Promise<{ administrator: number; others: number; missingData: number }> {
      const inQueue = (queue: string) => sql<number>`(count(*) filter (where ${accessRequests.queue} = ${queue}))::int`
      const [[counted], [missing]] = await Promise.all([
        db
          .select({ administrator: inQueue('administrator'), others: inQueue('others') })
          .from(accessRequests)
          .where(whereOf(filter, { withQueue: false })),
        db
          .select({ count: sql<number>`count(*)::int` })
          .from(accessRequests)
          .where(eq(accessRequests.status, 'missing_data')),
      ])
      return {
        administrator: counted?.administrator ?? 0,
        others: counted?.others ?? 0,
        missingData: missing?.count ?? 0,
      }
    },

    /** Every matching request, page by page, so that memory stays small however many there are. */
    async *all(filter: RequestFilter, sort: RequestSort): AsyncGenerator<QueueEntry> {
      let cursor: string | undefined
      do {
        const next = await page(whereOf(filter), sort, { limit: 500, cursor })
        yield* next.entries
        cursor = next.nextCursor ?? undefined
      } while (cursor)
    },

    ofRequester: (userId: string, status: RequestFilter['status'], options: PageOptions) =>
      page(
        and(
          eq(accessRequests.requesterId, userId),
          status?.length ? inArray(accessRequests.status, status) : undefined,
        ),
        '-createdAt',
        options,
      ),

    waitingFor: (userId: string, options: PageOptions) =>
      page(and(sql`${accessRequests.awaitedIds} @> array[${userId}::uuid]`, isOpenRow), 'createdAt', options),

    decidedBy: (userId: string, options: PageOptions) =>
      page(sql`${accessRequests.deciderIds} @> array[${userId}::uuid]`, '-createdAt', options),

    async exposesProgress(): Promise<boolean> {
      const [row] = await db.select({ exposeProgress: settings.exposeProgress }).from(settings)
      return row?.exposeProgress ?? true
    },
  }
}

function cursorAfter({ request }: QueueEntry, sort: RequestSort): string {
  const values = {
    createdAt: request.createdAt,
    requesterName: request.requester.name,
    flowName: request.flow.name,
    status: request.status,
    expiresAt: request.expiresAt,
  }
  return encodeCursor(sort, { value: values[sortOf(sort).field], id: request.id })
}

export type RequestQueries = ReturnType<typeof createRequestQueries>
