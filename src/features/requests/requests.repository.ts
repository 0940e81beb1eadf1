/** The queue's rows: what a request is as a row, and which of them wait for something. */
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { RequestEvent } from '../../domain/request/events.ts'
import type { AccessRequest } from '../../domain/request/record.ts'
import { isOpen } from '../../domain/request/record.ts'
import { awaitedPeople } from '../../domain/request/steps.ts'
import type { Db } from '../../platform/db/client.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { queueMails } from '../../platform/mail/mail.repository.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import { readAdministrators } from '../directory/facts.repository.ts'
import { settings } from '../settings/settings.table.ts'
import { auditEntriesOf, repairEntry } from './requests.audit.ts'
import { concernsAdministrators, mailsOf } from './requests.mails.ts'
import { accessRequests, isOpenRow } from './requests.table.ts'

/** The index that refuses a second open request of one user and flow. */
export const oneOpen = 'access_requests_one_open'

/** Whom and what the approvers of an open request depend on. */
function watchedIdsOf({ requester, flow }: AccessRequest): string[] {
  const named = flow.approvers.flatMap(({ userId, groupId }) => [userId ?? [], groupId ?? []].flat())
  return [...new Set([requester.id, ...(requester.manager ? [requester.manager.id] : []), ...named])]
}

export function rowOf(request: AccessRequest, started: boolean): typeof accessRequests.$inferInsert {
  const isWaiting = isOpen(request) && request.queue === 'others'
  const deciders = request.steps.flatMap(({ decisions }) => decisions.map(({ by }) => by.id))
  return {
    id: request.id,
    version: request.version,
    status: request.status,
    queue: request.queue,
    approvalType: request.approvalType,
    flowId: request.flow.id,
    flowName: request.flow.name,
    requesterId: request.requester.id,
    requesterName: request.requester.name,
    createdAt: request.createdAt,
    updatedAt: request.updatedAt,
    expiresAt: request.expiresAt,
    awaitedIds: isWaiting ? awaitedPeople(request).map(({ id }) => id) : [],
    deciderIds: [...new Set(deciders)],
    watchedIds: isOpen(request) ? watchedIdsOf(request) : [],
    record: request,
    started,
  }
}

async function mailContext(tx: DbOrTx, events: readonly RequestEvent[]) {
  const wantsSettings = events.some(({ type }) => type === 'submitted')
  const [administrators, rows] = await Promise.all([
    concernsAdministrators(events) ? readAdministrators(tx) : [],
    wantsSettings ? tx.select({ exposeProgress: settings.exposeProgress }).from(settings) : [],
  ])
  return { administrators, exposeProgress: rows[0]?.exposeProgress ?? true }
}

export function createRequestsRepository({ db, audit }: { db: Db; audit: AuditLog }) {
  async function tell(tx: DbOrTx, request: AccessRequest, events: readonly RequestEvent[]): Promise<void> {
    await queueMails(tx, mailsOf(request, events, await mailContext(tx, events)))
  }

  async function record(tx: DbOrTx, request: AccessRequest, events: readonly RequestEvent[]): Promise<void> {
    await audit.append(tx, auditEntriesOf(request, events))
  }

  return {
    /** Puts a new request into the queue. @throws a unique violation when one is open for the same user and flow */
    async insert(tx: DbOrTx, request: AccessRequest, events: readonly RequestEvent[]): Promise<void> {
      await Promise.all([tx.insert(accessRequests).values(rowOf(request, false)), tell(tx, request, events)])
      await record(tx, request, events)
    },

    /** Queues the mails that tell of what has happened. */
    tell,

    /** Adds what has happened to the audit log: last in the caller's transaction, because it holds the log until the commit. */
    record,

    async markStarted(id: string): Promise<void> {
      await db
        .update(accessRequests)
        .set({ started: true })
        .where(and(eq(accessRequests.id, id), eq(accessRequests.started, false)))
    },

    /** Its workflow is gone: the starter makes it anew from the row. */
    async markNotStarted(id: string): Promise<void> {
      await db.update(accessRequests).set({ started: false }).where(eq(accessRequests.id, id))
    },

    /** Ids of a page of open requests whose workflow should run, after `after`, in order of id. */
    async openAfter(after: string | null, limit = 200): Promise<string[]> {
      const isConcerned = and(isOpenRow, eq(accessRequests.started, true))
      const rows = await db
        .select({ id: accessRequests.id })
        .from(accessRequests)
        .where(and(isConcerned, after ? gt(accessRequests.id, after) : undefined))
        .orderBy(asc(accessRequests.id))
        .limit(limit)
      return rows.map(({ id }) => id)
    },

    /** Those of `ids` that are open requests. */
    async openAmong(ids: string[]): Promise<string[]> {
      const rows = await db
        .select({ id: accessRequests.id })
        .from(accessRequests)
        .where(and(inArray(accessRequests.id, ids), isOpenRow))
      return rows.map(({ id }) => id)
    },

    /** Notes in the audit log what was done about a request that differed from its workflow. */
    async recordRepair(id: string, repair: string): Promise<void> {
      await db.transaction(async (tx) => {
        const [row] = await tx.select().from(accessRequests).where(eq(accessRequests.id, id))
        if (row) await audit.append(tx, [repairEntry(row.record, repair)])
      })
    },

    async isStarted(id: string): Promise<boolean> {
      const [row] = await db
        .select({ started: accessRequests.started })
        .from(accessRequests)
        .where(eq(accessRequests.id, id))
      return row?.started ?? false
    },

    async find(id: string): Promise<AccessRequest | undefined> {
      const [row] = await db
        .select({ record: accessRequests.record })
        .from(accessRequests)
        .where(eq(accessRequests.id, id))
      return row?.record
    },

    /** Requests whose workflow is not known to run, oldest first. @param olderThanMs leaves those alone that are being started right now */
    async notStarted(olderThanMs: number, limit = 50): Promise<AccessRequest[]> {
      const rows = await db
        .select({ record: accessRequests.record })
        .from(accessRequests)
        .where(
          and(
            eq(accessRequests.started, false),
            sql`${accessRequests.createdAt} < now() - ${`${olderThanMs} milliseconds`}::interval`,
          ),
        )
        .orderBy(accessRequests.createdAt)
        .limit(limit)
      return rows.map(({ record: request }) => request)
    },
  }
}

export type RequestsRepository = ReturnType<typeof createRequestsRepository>
