import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, instant, primaryId } from '../../platform/db/columns.ts'

export const directoryChangeKinds = ['flow_deleted', 'flow_disabled', 'user_changed', 'group_changed'] as const
export type DirectoryChangeKind = (typeof directoryChangeKinds)[number]

/**
 * Changes that open requests must hear of, written in the transaction of the change itself:
 * by the flow's commands, and by triggers on the directory, so that no route around the API is missed.
 */
export const directoryChanges = pgTable(
  'outbox',
  {
    id: primaryId(),
    kind: text('kind', { enum: directoryChangeKinds }).notNull(),
    changedId: uuid('subject_id').notNull(),
    createdAt: createdAt(),
    doneAt: instant('done_at'),
  },
  (table) => [
    index('outbox_waiting').on(table.createdAt, table.id).where(sql`done_at is null`),
    check(
      'outbox_kind_known',
      sql`${table.kind} in ('flow_deleted', 'flow_disabled', 'user_changed', 'group_changed')`,
    ),
  ],
)
