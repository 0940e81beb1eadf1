import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, instant } from '../../platform/db/columns.ts'
import type { MembershipChange } from '../connectors/connector.ts'
import { connectors } from '../connectors/connectors.table.ts'
import { userGroups } from '../directory/groups/groups.table.ts'
import { users } from '../directory/users/users.table.ts'

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

/** Whom a connected system was last told to put in, as it was told. */
export type Told = Pick<MembershipChange, 'user' | 'group'>

/**
 * Who may be in which group at which connected system: written before a system is told, and gone when it has taken them out.
 * Rows outlive group and person, so that what is left there can still be taken away.
 */
export const toldMemberships = pgTable(
  'told_memberships',
  {
    connectorId: uuid('connector_id')
      .notNull()
      .references(() => connectors.id),
    groupId: uuid('group_id').notNull(),
    userId: uuid('user_id').notNull(),
    told: jsonb('told').$type<Told>().notNull(),
    /** They are there: the last call put them in, was answered, and had the system to itself. Else they may be, or not. */
    isSure: boolean('is_sure').notNull().default(false),
    /** The last call that has begun, until it ends. */
    call: uuid('call'),
    begunAt: instant('begun_at').notNull().default(sql`now()`),
    /** How often in a row it could not be made as it should be, why, and when it is tried again. */
    failures: integer('failures').notNull().default(0),
    error: text('error'),
    tryAt: instant('try_at'),
  },
  (table) => [
    primaryKey({ columns: [table.connectorId, table.groupId, table.userId] }),
    index('told_memberships_group').on(table.groupId, table.userId),
    index('told_memberships_user').on(table.userId),
    index('told_memberships_unsure').on(table.connectorId).where(sql`not is_sure or try_at is not null`),
  ],
)
