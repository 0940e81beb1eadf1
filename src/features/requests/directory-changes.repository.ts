/** Changes that wait to be told to open requests, and which requests those are. */
import { and, asc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import type { DirectoryChange } from '../../../activities/index.ts'
import type { Db } from '../../platform/db/client.ts'
import { membershipsOf } from '../memberships/memberships.repository.ts'
import { directoryChanges } from './directory-changes.table.ts'
import { accessRequests, isOpenRow } from './requests.table.ts'

export function createDirectoryChangesRepository({ db }: { db: Db }) {
  /** A user's change concerns requests that name the user, a group of theirs, or that lack an administrator. */
  async function concerned(change: DirectoryChange) {
    const { kind, changedId } = change
    if (kind === 'flow_deleted' || kind === 'flow_disabled') return and(eq(accessRequests.flowId, changedId), isOpenRow)
    if (kind === 'group_changed') return and(sql`${accessRequests.watchedIds} @> array[${changedId}::uuid]`, isOpenRow)
    const groups = await membershipsOf(db, changedId)
    const watched = [changedId, ...groups.map(({ groupId }) => groupId)]
    const lacksAdministrator = and(eq(accessRequests.status, 'missing_data'), eq(accessRequests.queue, 'administrator'))
    return and(
      or(
        sql`${accessRequests.watchedIds} && ${sql`array[${sql.join(
          watched.map((id) => sql`${id}::uuid`),
          sql`, `,
        )}]`}`,
        lacksAdministrator,
      ),
      isOpenRow,
    )
  }

  return {
    /** Changes not yet told, oldest first. */
    async waiting(limit = 100): Promise<DirectoryChange[]> {
      const rows = await db
        .select()
        .from(directoryChanges)
        .where(isNull(directoryChanges.doneAt))
        .orderBy(asc(directoryChanges.createdAt), asc(directoryChanges.id))
        .limit(limit)
      return rows.map(({ id, kind, changedId }) => ({ eventId: id, kind, changedId }))
    },

    /** A page of ids of open requests concerned, after `after`, in order. */
    async page(change: DirectoryChange, after: string | null, limit = 200): Promise<string[]> {
      const rows = await db
        .select({ id: accessRequests.id })
        .from(accessRequests)
        .where(and(await concerned(change), after ? gt(accessRequests.id, after) : undefined))
        .orderBy(asc(accessRequests.id))
        .limit(limit)
      return rows.map(({ id }) => id)
    },

    async done(eventId: string): Promise<void> {
      await db.update(directoryChanges).set({ doneAt: sql`now()` }).where(eq(directoryChanges.id, eventId))
    },

    /** Told changes are kept for a week, for whoever looks into what happened. */
    async forgetOld(): Promise<void> {
      await db.delete(directoryChanges).where(lt(directoryChanges.doneAt, sql`now() - interval '7 days'`))
    },
  }
}

export type DirectoryChangesRepository = ReturnType<typeof createDirectoryChangesRepository>
