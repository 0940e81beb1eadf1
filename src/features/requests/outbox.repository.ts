/** Changes that wait to be told to open requests, and which requests those are. */
import { and, asc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import type { FanOutSubject } from '../../../activities/index.ts'
import type { Db } from '../../platform/db/client.ts'
import { membershipsOf } from '../memberships/memberships.repository.ts'
import { outbox } from './outbox.table.ts'
import { accessRequests, isOpenRow } from './requests.table.ts'

export function createOutboxRepository({ db }: { db: Db }) {
  /** A user's change concerns requests that name the user, a group of theirs, or that lack an administrator. */
  async function concerned(subject: FanOutSubject) {
    const { kind, subjectId } = subject
    if (kind === 'flow_deleted' || kind === 'flow_disabled') return and(eq(accessRequests.flowId, subjectId), isOpenRow)
    if (kind === 'group_changed') return and(sql`${accessRequests.subjectIds} @> array[${subjectId}::uuid]`, isOpenRow)
    const groups = await membershipsOf(db, subjectId)
    const subjects = [subjectId, ...groups.map(({ groupId }) => groupId)]
    const lacksAdministrator = and(eq(accessRequests.status, 'missing_data'), eq(accessRequests.queue, 'administrator'))
    return and(
      or(
        sql`${accessRequests.subjectIds} && ${sql`array[${sql.join(
          subjects.map((id) => sql`${id}::uuid`),
          sql`, `,
        )}]`}`,
        lacksAdministrator,
      ),
      isOpenRow,
    )
  }

  return {
    /** Changes not yet told, oldest first. */
    async waiting(limit = 100): Promise<FanOutSubject[]> {
      const rows = await db
        .select()
        .from(outbox)
        .where(isNull(outbox.doneAt))
        .orderBy(asc(outbox.createdAt), asc(outbox.id))
        .limit(limit)
      return rows.map(({ id, kind, subjectId }) => ({ eventId: id, kind, subjectId }))
    },

    /** A page of ids of open requests concerned, after `after`, in order. */
    async page(subject: FanOutSubject, after: string | null, limit = 200): Promise<string[]> {
      const rows = await db
        .select({ id: accessRequests.id })
        .from(accessRequests)
        .where(and(await concerned(subject), after ? gt(accessRequests.id, after) : undefined))
        .orderBy(asc(accessRequests.id))
        .limit(limit)
      return rows.map(({ id }) => id)
    },

    async done(eventId: string): Promise<void> {
      await db.update(outbox).set({ doneAt: sql`now()` }).where(eq(outbox.id, eventId))
    },

    /** Told changes are kept for a week, for whoever looks into what happened. */
    async forgetOld(): Promise<void> {
      await db.delete(outbox).where(lt(outbox.doneAt, sql`now() - interval '7 days'`))
    },
  }
}

export type OutboxRepository = ReturnType<typeof createOutboxRepository>
