import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { GrantEnd } from '../../domain/grant/record.ts'
import { instant, primaryId } from '../../platform/db/columns.ts'
import { connectors } from '../connectors/connectors.table.ts'
import { userGroups } from '../directory/groups/groups.table.ts'
import { users } from '../directory/users/users.table.ts'
import { approvalFlows } from '../flows/flows.table.ts'

/** Memberships that approved requests gave. While one is open, its user is in its group. */
export const grants = pgTable(
  'grants',
  {
    id: primaryId(),
    accessRequestId: uuid('access_request_id').notNull(),
    flowId: uuid('flow_id')
      .notNull()
      .references(() => approvalFlows.id),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    groupId: uuid('group_id')
      .notNull()
      .references(() => userGroups.id),
    connectorId: uuid('connector_id').references(() => connectors.id),
    startedAt: instant('started_at').notNull(),
    expiresAt: instant('expires_at'),
    endedAt: instant('ended_at'),
    /** Null when it ended by itself. */
    endedById: uuid('ended_by_id').references(() => users.id),
    /** Counts the commits: each version is written once. */
    version: integer('version').notNull().default(1),
    /** Ids of the messages that were carried out. */
    carriedOut: text('carried_out').array().notNull().default([]),
    /** Since when and by whom it is being taken away. */
    end: jsonb('ending').$type<GrantEnd>(),
    /** Why taking it away has not worked yet. */
    endError: text('end_error'),
  },
  (table) => [
    uniqueIndex('grants_one_per_request').on(table.accessRequestId),
    index('grants_open_of_user').on(table.userId, table.groupId).where(sql`ended_at is null`),
    index('grants_open_of_group').on(table.groupId, table.userId).where(sql`ended_at is null`),
    index('grants_ended_of_user').on(table.userId).where(sql`ended_at is not null`),
    index('grants_of_flow').on(table.flowId),
    index('grants_of_group').on(table.groupId),
    // The orders of the list, of each kind that it can be asked for.
    index('grants_open_timed').on(table.startedAt, table.id).where(sql`ended_at is null and expires_at is not null`),
    index('grants_open_lasting').on(table.startedAt, table.id).where(sql`ended_at is null and expires_at is null`),
    index('grants_ended_timed')
      .on(table.startedAt, table.id)
      .where(sql`ended_at is not null and expires_at is not null`),
    index('grants_ended_lasting').on(table.startedAt, table.id).where(sql`ended_at is not null and expires_at is null`),
    // Those whose end somebody has to wait for.
    index('grants_waiting')
      .on(table.id)
      .where(sql`ended_at is null and (expires_at is not null or ending is not null)`),
    check('grants_end_after_start', sql`${table.endedAt} is null or ${table.endedAt} >= ${table.startedAt}`),
  ],
)
