import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, instant, primaryId } from '../../platform/db/columns.ts'
import { userGroups } from '../directory/groups/groups.table.ts'
import { users } from '../directory/users/users.table.ts'

/** What a change is of: the roles of a user, or a direct membership. */
export const changeKinds = ['roles', 'member'] as const
export type ChangeKind = (typeof changeKinds)[number]

export const changeOutcomes = ['approved', 'rejected'] as const

/** Changes that one administrator wants and a second one has to confirm: see `domain/request/four-eyes.ts`. */
export const pendingChanges = pgTable(
  'pending_changes',
  {
    id: primaryId(),
    kind: text('kind', { enum: changeKinds }).notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** For `roles`: those the user is to have. */
    roles: text('roles').array(),
    /** For `member`. */
    groupId: uuid('group_id').references(() => userGroups.id, { onDelete: 'cascade' }),
    proposedBy: uuid('proposed_by')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    outcome: text('outcome', { enum: changeOutcomes }),
    decidedBy: uuid('decided_by').references(() => users.id, { onDelete: 'set null' }),
    decidedAt: instant('decided_at'),
  },
  (table) => [
    uniqueIndex('pending_changes_one_open_of_roles').on(table.userId).where(sql`outcome is null and kind = 'roles'`),
    uniqueIndex('pending_changes_one_open_membership')
      .on(table.userId, table.groupId)
      .where(sql`outcome is null and kind = 'member'`),
    index('pending_changes_open').on(table.createdAt).where(sql`outcome is null`),
    index('pending_changes_group').on(table.groupId),
    index('pending_changes_proposed_by').on(table.proposedBy),
    check('pending_changes_kind_known', sql`${table.kind} in ('roles', 'member')`),
  ],
)
