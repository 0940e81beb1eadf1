import { sql } from 'drizzle-orm'
import { index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { connectors } from '../connectors/connectors.table.ts'
import { createdAt, primaryId, updatedAt } from '../db/columns.ts'
import { asWords } from '../db/keyset.ts'
import { users } from '../users/users.table.ts'

/** Named sets of users. Access is membership of a group, given through the group's connector (none: the directory itself). */
export const userGroups = pgTable(
  'user_groups',
  {
    id: primaryId(),
    name: text('name').notNull(),
    description: text('description').notNull().default(''),
    connectorId: uuid('connector_id').references(() => connectors.id),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    uniqueIndex('user_groups_name_unique').on(sql`lower(${table.name})`),
    index('user_groups_name_id').on(asWords(table.name), table.id),
  ],
)

/** Direct members. Members by a grant are the open rows of `grants`; a user is in the group while either holds them there. */
export const groupMembers = pgTable(
  'group_members',
  {
    groupId: uuid('group_id')
      .notNull()
      .references(() => userGroups.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.userId] }), index('group_members_user').on(table.userId)],
)

/**
 * How often a user was taken out of a group at the connected system. Who puts them in compares it, because no lock
 * is held while another system is called.
 */
export const membershipRemovals = pgTable(
  'membership_removals',
  {
    groupId: uuid('group_id')
      .notNull()
      .references(() => userGroups.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    count: integer('count').notNull(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.userId] })],
)
