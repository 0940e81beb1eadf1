/** Approval flows in Postgres. Deleted flows keep their row, and nobody but history sees it. */
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { ApprovalType } from '../../domain/flow/flow.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { asWords, keyset, type Slice } from '../../platform/db/keyset.ts'
import { isSearched } from '../../platform/db/search.ts'
import { connectors } from '../connectors/connectors.table.ts'
import { isNotArchived, userGroups } from '../directory/groups/groups.table.ts'
import { users } from '../directory/users/users.table.ts'
import type { DirectoryChangeKind } from '../requests/directory-changes.table.ts'
import { directoryChanges } from '../requests/directory-changes.table.ts'
import { accessRequests, isOpenRow } from '../requests/requests.table.ts'
import { approvalFlows, namesGroup, searchedFlow } from './flows.table.ts'

export type FlowValues = typeof approvalFlows.$inferInsert

const view = {
  id: approvalFlows.id,
  name: approvalFlows.name,
  description: approvalFlows.description,
  color: approvalFlows.color,
  logoUrl: approvalFlows.logoUrl,
  enabled: approvalFlows.enabled,
  groupId: approvalFlows.groupId,
  groupName: userGroups.name,
  visibleToGroupIds: approvalFlows.visibleToGroupIds,
  approvalType: approvalFlows.approvalType,
  approvalRequirement: approvalFlows.approvalRequirement,
  approvers: approvalFlows.approvers,
  durations: approvalFlows.durations,
  connectorId: approvalFlows.connectorId,
  freshSignIn: approvalFlows.freshSignIn,
  createdAt: approvalFlows.createdAt,
  updatedAt: approvalFlows.updatedAt,
  version: approvalFlows.version,
  openRequests: sql<number>`(
    select count(*)::int from ${accessRequests}
    where ${accessRequests.flowId} = ${approvalFlows.id} and ${isOpenRow}
  )`,
}

interface FlowFilter extends Slice {
  q?: string | undefined
  enabled?: boolean | undefined
  approvalType?: ApprovalType[] | undefined
  /** Named by the flow in whatever role. */
  groupId?: string | undefined
}

/** Up to `limit` flows of one page. */
export async function listFlows(db: DbOrTx, { q, enabled, approvalType, groupId, sort, after, limit }: FlowFilter) {
  const page = keyset({ name: asWords(approvalFlows.name), createdAt: approvalFlows.createdAt }, approvalFlows.id, {
    sort,
    after,
  })
  return db
    .select(view)
    .from(approvalFlows)
    .innerJoin(userGroups, eq(userGroups.id, approvalFlows.groupId))
    .where(
      and(
        isNull(approvalFlows.deletedAt),
        q ? isSearched(searchedFlow, q, approvalFlows.id) : undefined,
        enabled === undefined ? undefined : eq(approvalFlows.enabled, enabled),
        approvalType?.length ? inArray(approvalFlows.approvalType, approvalType) : undefined,
        groupId ? namesGroup(groupId) : undefined,
        page.where,
      ),
    )
    .orderBy(...page.orderBy)
    .limit(limit)
}

export async function findFlow(db: DbOrTx, id: string) {
  const [flow] = await db
    .select(view)
    .from(approvalFlows)
    .innerJoin(userGroups, eq(userGroups.id, approvalFlows.groupId))
    .where(and(eq(approvalFlows.id, id), isNull(approvalFlows.deletedAt)))
  return flow
}

export type FlowView = NonNullable<Awaited<ReturnType<typeof findFlow>>>

/** The flow as it is now, with its open requests; submissions to it wait until the transaction ends. */
export async function lockFlow(tx: DbOrTx, id: string): Promise<FlowView | undefined> {
  await tx.select({ id: approvalFlows.id }).from(approvalFlows).where(eq(approvalFlows.id, id)).for('no key update')
  return findFlow(tx, id)
}

/** False when a flow of this id is there already. */
export async function insertFlow(tx: DbOrTx, flow: FlowValues): Promise<boolean> {
  const rows = await tx
    .insert(approvalFlows)
    .values(flow)
    .onConflictDoNothing({ target: approvalFlows.id })
    .returning({ id: approvalFlows.id })
  return rows.length > 0
}

export async function updateFlow(tx: DbOrTx, id: string, values: Partial<FlowValues>): Promise<void> {
  await tx
    .update(approvalFlows)
    .set({ ...values, version: sql`${approvalFlows.version} + 1`, updatedAt: sql`now()` })
    .where(eq(approvalFlows.id, id))
}

export async function markFlowDeleted(tx: DbOrTx, id: string): Promise<void> {
  await tx
    .update(approvalFlows)
    .set({ deletedAt: sql`now()`, updatedAt: sql`now()`, version: sql`${approvalFlows.version} + 1` })
    .where(eq(approvalFlows.id, id))
}

/** Tells the open requests of the flow, once this transaction is committed. */
export async function tellRequests(tx: DbOrTx, kind: DirectoryChangeKind, flowId: string): Promise<void> {
  await tx.insert(directoryChanges).values({ kind, changedId: flowId })
}

interface References {
  userIds: string[]
  groupIds: string[]
  connectorId: string | null
}

/** Which of these exist; groups stay until the transaction ends. */
export async function existing(tx: DbOrTx, { userIds, groupIds, connectorId }: References) {
  const people =
    userIds.length > 0 ? await tx.select({ id: users.id }).from(users).where(inArray(users.id, userIds)) : []
  const groups =
    groupIds.length > 0
      ? await tx
          .select({ id: userGroups.id })
          .from(userGroups)
          .where(and(inArray(userGroups.id, groupIds), isNotArchived))
          .orderBy(userGroups.id)
          .for('key share')
      : []
  const systems = connectorId
    ? await tx
        .select({ id: connectors.id })
        .from(connectors)
        .where(and(eq(connectors.id, connectorId), isNull(connectors.archivedAt)))
        .for('key share')
    : []
  return new Set([...people, ...groups, ...systems].map(({ id }) => id))
}
