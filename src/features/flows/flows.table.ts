import { eq, or, sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { ApproverRule } from '../../domain/flow/flow.ts'
import { approvalRequirements, approvalTypes } from '../../domain/flow/flow.ts'
import { createdAt, instant, primaryId, updatedAt } from '../../platform/db/columns.ts'
import { asWords } from '../../platform/db/keyset.ts'
import { folded } from '../../platform/db/search.ts'
import { connectors } from '../connectors/connectors.table.ts'
import { userGroups } from '../directory/groups/groups.table.ts'

/** What can be requested. A deleted flow keeps its row, because its requests and grants name it. */
export const approvalFlows = pgTable(
  'approval_flows',
  {
    id: primaryId(),
    name: text('name').notNull(),
    description: text('description').notNull().default(''),
    color: text('color'),
    logoUrl: text('logo_url'),
    enabled: boolean('enabled').notNull().default(true),
    /** The group a granted requester is added to. */
    groupId: uuid('group_id')
      .notNull()
      .references(() => userGroups.id),
    /** Members of these groups see the flow in their catalogue; empty: everyone. */
    visibleToGroupIds: uuid('visible_to_group_ids').array().notNull().default([]),
    approvalType: text('approval_type', { enum: approvalTypes }).notNull(),
    approvalRequirement: text('approval_requirement', { enum: approvalRequirements }).notNull(),
    approvers: jsonb('approvers').$type<ApproverRule[]>().notNull().default([]),
    durations: text('durations').array().notNull().default([]),
    /** Who decides on a request for it must have signed in within the last minutes. */
    freshSignIn: boolean('fresh_sign_in').notNull().default(false),
    connectorId: uuid('connector_id').references(() => connectors.id),
    version: integer('version').notNull().default(1),
    deletedAt: instant('deleted_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index('approval_flows_name_id').on(asWords(table.name), table.id),
    index('approval_flows_created_at_id').on(table.createdAt, table.id),
    index('approval_flows_group').on(table.groupId),
    check('approval_flows_approval_type_known', sql`${table.approvalType} in ('manual', 'automatic')`),
    check('approval_flows_requirement_known', sql`${table.approvalRequirement} in ('any', 'all', 'sequential')`),
  ],
)

/** The connected system through which a flow gives its group: its own, else the group's; null is the directory itself. */
export const flowConnector = sql<string | null>`coalesce(approval_flows.connector_id,
  (select fg.connector_id from user_groups fg where fg.id = approval_flows.group_id))`

/** Whether a flow names the group in whatever role: it gives it, shows itself to it, or asks its members. */
export function namesGroup(groupId: string) {
  return or(
    eq(approvalFlows.groupId, groupId),
    sql`${approvalFlows.visibleToGroupIds} @> array[${groupId}::uuid]`,
    sql`${approvalFlows.approvers} @> ${JSON.stringify([{ groupId }])}::jsonb`,
  )
}

/** What a flow is found by. There are few: no index serves it. */
export const searchedFlow = folded(sql`${approvalFlows.name} || ' ' || ${approvalFlows.description}`)
