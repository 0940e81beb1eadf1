/** Changes that wait to be told to open requests, and which requests those are. */
import { and, asc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import type { FanOutSubject } from '../../../activities/index.ts'
import { type DbOrTx, idList } from '../../platform/db/columns.ts'
import { membershipsOf } from '../memberships/memberships.repository.ts'
import { outbox } from './outbox.table.ts'
import { accessRequests, isOpenRow } from './requests.table.ts'

/** A user's change concerns requests that name the user, a group of theirs, or that lack an administrator. */
async function concerned(db: DbOrTx, subject: FanOutSubject) {
  const { kind, subjectId } = subject
  if (kind === 'flow_deleted' || kind === 'flow_disabled') return and(eq(accessRequests.flowId, subjectId), isOpenRow)
  if (kind === 'group_changed') return and(sql`${accessRequests.subjectIds} @> array[${subjectId}::uuid]`, isOpenRow)
  const groups = await membershipsOf(db, subjectId)
  const subjects = [subjectId, ...groups.map(({ groupId }) => groupId)]
  const lacksAdministrator = and(eq(accessRequests.status, 'missing_data'), eq(accessRequests.queue, 'administrator'))
  return and(or(sql`${accessRequests.subjectIds} && ${idList(subjects)}`, lacksAdministrator), isOpenRow)
}

/** Changes not yet told, oldest first. */
export async function listWaitingChanges(db: DbOrTx, limit = 100): Promise<FanOutSubject[]> {
  const rows = await db
    .select()
    .from(outbox)
    .where(isNull(outbox.doneAt))
    .orderBy(asc(outbox.createdAt), asc(outbox.id))
    .limit(limit)
  return rows.map(({ id, kind, subjectId }) => ({ eventId: id, kind, subjectId }))
}

/** A page of ids of open requests that the change concerns, after `after`, in order. */
export async function listConcerned(
  db: DbOrTx,
  subject: FanOutSubject,
  { after, limit = 200 }: { after: string | null; limit?: number },
): Promise<string[]> {
  const rows = await db
    .select({ id: accessRequests.id })
    .from(accessRequests)
    .where(and(await concerned(db, subject), after ? gt(accessRequests.id, after) : undefined))
    .orderBy(asc(accessRequests.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

export async function markChangeDone(db: DbOrTx, eventId: string): Promise<void> {
  await db.update(outbox).set({ doneAt: sql`now()` }).where(eq(outbox.id, eventId))
}

/** Told changes are kept for a week, for whoever looks into what happened. */
export async function removeOldChanges(db: DbOrTx): Promise<void> {
  await db.delete(outbox).where(lt(outbox.doneAt, sql`now() - interval '7 days'`))
}
