/** Changes that wait to be told to open requests, and which requests those are. */
import { and, asc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import type { DirectoryChange } from '../../../activities/index.ts'
import { type DbOrTx, idList } from '../../platform/db/columns.ts'
import { users } from '../directory/users/users.table.ts'
import { membershipsOf } from '../memberships/memberships.repository.ts'
import { directoryChanges } from './directory-changes.table.ts'
import { accessRequests, isOpenRow } from './requests.table.ts'

const { requesterId, status, queue, watchedIds } = accessRequests

/** Requests that administrators decide, and that have none (any more) but who asks. */
const lacksAdministrator = and(
  eq(queue, 'administrator'),
  or(
    eq(status, 'missing_data'),
    sql`array(select id from ${users} where 'admin' = any(roles) and state = 'activated') = array[${requesterId}]`,
  ),
)

/** A user's change concerns requests that name the user, a group of theirs, or that lack an administrator. */
async function concerned(db: DbOrTx, change: DirectoryChange) {
  const { kind, changedId } = change
  if (kind === 'flow_deleted' || kind === 'flow_disabled') return and(eq(accessRequests.flowId, changedId), isOpenRow)
  if (kind === 'group_changed') return and(sql`${watchedIds} @> array[${changedId}::uuid]`, isOpenRow)
  const groups = await membershipsOf(db, changedId)
  const watched = [changedId, ...groups.map(({ groupId }) => groupId)]
  return and(or(sql`${watchedIds} && ${idList(watched)}`, lacksAdministrator), isOpenRow)
}

/** Changes not yet told, oldest first. */
export async function listWaitingChanges(db: DbOrTx, limit = 100): Promise<DirectoryChange[]> {
  const rows = await db
    .select()
    .from(directoryChanges)
    .where(isNull(directoryChanges.doneAt))
    .orderBy(asc(directoryChanges.createdAt), asc(directoryChanges.id))
    .limit(limit)
  return rows.map(({ id, kind, changedId }) => ({ eventId: id, kind, changedId }))
}

/** A page of ids of open requests that the change concerns, after `after`, in order. */
export async function listConcerned(
  db: DbOrTx,
  change: DirectoryChange,
  { after, limit = 200 }: { after: string | null; limit?: number },
): Promise<string[]> {
  const rows = await db
    .select({ id: accessRequests.id })
    .from(accessRequests)
    .where(and(await concerned(db, change), after ? gt(accessRequests.id, after) : undefined))
    .orderBy(asc(accessRequests.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

export async function markChangeDone(db: DbOrTx, eventId: string): Promise<void> {
  await db.update(directoryChanges).set({ doneAt: sql`now()` }).where(eq(directoryChanges.id, eventId))
}

/** Told changes are kept for a week, for whoever looks into what happened. */
export async function removeOldChanges(db: DbOrTx): Promise<void> {
  await db.delete(directoryChanges).where(lt(directoryChanges.doneAt, sql`now() - interval '7 days'`))
}
