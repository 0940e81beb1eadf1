/** The queue's rows: what a request is as a row, and which of them wait for something. */
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import { type ApproverRule, type ApproverSource, sourceOf } from '../../domain/flow/flow.ts'
import type { RequestEvent } from '../../domain/request/events.ts'
import type { AccessRequest } from '../../domain/request/record.ts'
import { isOpen } from '../../domain/request/record.ts'
import { waits } from '../../domain/request/steps.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { queueMails } from '../../platform/mail/mail.repository.ts'
import { readAdministrators } from '../directory/facts.repository.ts'
import { readSettingsRow } from '../settings/settings.repository.ts'
import { concernsAdministrators, mailsOf } from './requests.mails.ts'
import { accessRequests, isOpenRow } from './requests.table.ts'

/** The index that refuses a second open request of one user and flow. */
export const oneOpen = 'access_requests_one_open'

/** Whom and what the approvers of an open request depend on. */
function watchedIdsOf({ requester, flow }: AccessRequest): string[] {
  const manager = requester.manager ? [requester.manager.id] : []
  const dependsOn: Record<ApproverSource, (rule: ApproverRule) => string[]> = {
    // Requests that wait for administrators are found by their queue.
    administrators: () => [],
    manager: () => manager,
    user: ({ userId }) => (userId ? [userId] : []),
    group: ({ groupId }) => (groupId ? [groupId] : []),
  }
  const named = flow.approvers.flatMap((rule) => dependsOn[sourceOf(rule)](rule))
  return [...new Set([requester.id, ...manager, ...named])]
}

/** Who is waited for, and since when; administrators are not listed. */
function awaitedOf(request: AccessRequest): { awaitedIds: string[]; awaitedSince: string[] } {
  const { createdAt, queue, steps } = request
  if (!isOpen(request)) return { awaitedIds: [], awaitedSince: [] }
  if (queue === 'administrator') {
    const [first] = steps.flatMap(({ currentSince }) => currentSince ?? []).sort()
    return { awaitedIds: [], awaitedSince: [first ?? createdAt] }
  }
  const awaited = waits(request)
  return {
    awaitedIds: awaited.map(({ person }) => person.id),
    awaitedSince: awaited.map(({ since }) => since ?? createdAt),
  }
}

export function rowOf(request: AccessRequest, started: boolean): typeof accessRequests.$inferInsert {
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
    ...awaitedOf(request),
    deciderIds: [...new Set(deciders)],
    watchedIds: isOpen(request) ? watchedIdsOf(request) : [],
    record: request,
    started,
  }
}

async function mailContext(tx: DbOrTx, request: AccessRequest, events: readonly RequestEvent[]) {
  const wantsSettings = events.some(({ type }) => type === 'submitted')
  const [administrators, settings] = await Promise.all([
    concernsAdministrators(request, events) ? readAdministrators(tx) : [],
    wantsSettings ? readSettingsRow(tx) : null,
  ])
  return { administrators, exposeProgress: settings?.exposeProgress ?? true }
}

/** Queues the mails that tell of what has happened. */
export async function queueRequestMails(
  tx: DbOrTx,
  request: AccessRequest,
  events: readonly RequestEvent[],
): Promise<void> {
  await queueMails(tx, mailsOf(request, events, await mailContext(tx, request, events)))
}

/** Puts a new request into the queue. @throws a unique violation when one is open for the same user and flow */
export async function insertRequest(
  tx: DbOrTx,
  request: AccessRequest,
  events: readonly RequestEvent[],
): Promise<void> {
  await Promise.all([tx.insert(accessRequests).values(rowOf(request, false)), queueRequestMails(tx, request, events)])
}

export async function findRequest(db: DbOrTx, id: string): Promise<AccessRequest | undefined> {
  const [row] = await db.select({ record: accessRequests.record }).from(accessRequests).where(eq(accessRequests.id, id))
  return row?.record
}

/** Its workflow is known to run. */
export async function markStarted(db: DbOrTx, id: string): Promise<void> {
  await db
    .update(accessRequests)
    .set({ started: true })
    .where(and(eq(accessRequests.id, id), eq(accessRequests.started, false)))
}

/** Its workflow is gone: the starter makes it anew from the row. */
export async function markNotStarted(db: DbOrTx, id: string): Promise<void> {
  await db.update(accessRequests).set({ started: false }).where(eq(accessRequests.id, id))
}

export async function isStarted(db: DbOrTx, id: string): Promise<boolean> {
  const [row] = await db
    .select({ started: accessRequests.started })
    .from(accessRequests)
    .where(eq(accessRequests.id, id))
  return row?.started ?? false
}

/** Requests whose workflow is not known to run, oldest first. @param olderThanMs leaves those alone that are being started right now */
export async function listNotStarted(db: DbOrTx, olderThanMs: number, limit = 50): Promise<AccessRequest[]> {
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
  return rows.map(({ record }) => record)
}

/** Ids of a page of open requests whose workflow should run, after `after`, in order of id. */
export async function listOpenAfter(db: DbOrTx, after: string | null, limit = 200): Promise<string[]> {
  const isConcerned = and(isOpenRow, eq(accessRequests.started, true))
  const rows = await db
    .select({ id: accessRequests.id })
    .from(accessRequests)
    .where(and(isConcerned, after ? gt(accessRequests.id, after) : undefined))
    .orderBy(asc(accessRequests.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Those of `ids` that are not open requests. */
export async function notOpenAmong(db: DbOrTx, ids: string[]): Promise<string[]> {
  const rows = await db
    .select({ id: accessRequests.id })
    .from(accessRequests)
    .where(and(inArray(accessRequests.id, ids), isOpenRow))
  const open = new Set(rows.map(({ id }) => id))
  return ids.filter((id) => !open.has(id))
}
