/** What a person may ask for, and what they have of it. */
import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { sourceOf } from '../../domain/flow/flow.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { asWords, keyset, type Slice } from '../../platform/db/keyset.ts'
import { isSearched } from '../../platform/db/search.ts'
import { isNotArchived, userGroups } from '../directory/groups/groups.table.ts'
import { users } from '../directory/users/users.table.ts'
import { grants } from '../grants/grants.table.ts'
import { membershipsOf } from '../memberships/memberships.repository.ts'
import { groupMembers } from '../memberships/memberships.table.ts'
import { accessRequests, isOpenRow } from '../requests/requests.table.ts'
import { approvalFlows, flowConnector, searchedFlow } from './flows.table.ts'

interface CatalogFilter extends Slice {
  userId: string
  /** One flow only. */
  id?: string | undefined
  q?: string | undefined
}

/** What the user's grants give of each group at each system: since when, and until when. */
const heldBy = (db: DbOrTx, userId: string) =>
  db
    .selectDistinctOn([grants.groupId, grants.connectorId], {
      groupId: grants.groupId,
      connectorId: grants.connectorId,
      requestId: grants.accessRequestId,
      startedAt: grants.startedAt,
      until:
        sql<string>`max(coalesce(${grants.expiresAt}, 'infinity')) over (partition by ${grants.groupId}, ${grants.connectorId})`.as(
          'until',
        ),
    })
    .from(grants)
    .where(and(eq(grants.userId, userId), isNull(grants.endedAt)))
    .orderBy(grants.groupId, grants.connectorId, grants.startedAt)
    .as('held')

/** Flows that are enabled and visible to the user. */
function isOfferedTo(db: DbOrTx, userId: string) {
  const mine = membershipsOf(db, userId).as('mine')
  const myGroups = db.select({ groupId: mine.groupId }).from(mine)
  return and(
    eq(approvalFlows.enabled, true),
    isNull(approvalFlows.deletedAt),
    or(
      sql`cardinality(${approvalFlows.visibleToGroupIds}) = 0`,
      sql`${approvalFlows.visibleToGroupIds} && array(${myGroups})`,
    ),
  )
}

/** Whether the user finds the flow in their catalogue now. */
export async function isInCatalog(
  db: DbOrTx,
  { userId, flowId }: { userId: string; flowId: string },
): Promise<boolean> {
  const found = await db
    .select({ id: approvalFlows.id })
    .from(approvalFlows)
    .where(and(eq(approvalFlows.id, flowId), isOfferedTo(db, userId)))
  return found.length > 0
}

/**
 * Up to `limit` flows that are enabled and visible to the user, with the user's open request, and the membership and grant that they
 * have where the flow gives it: what they have through another connected system is other access.
 */
export async function listCatalog(db: DbOrTx, { userId, id, q, sort, after, limit }: CatalogFilter) {
  const page = keyset({ name: asWords(approvalFlows.name) }, approvalFlows.id, { sort, after })
  const open = db
    .select({ flowId: accessRequests.flowId, id: accessRequests.id, createdAt: accessRequests.createdAt })
    .from(accessRequests)
    .where(and(eq(accessRequests.requesterId, userId), isOpenRow))
    .as('open')
  const held = heldBy(db, userId)
  return db
    .select({
      id: approvalFlows.id,
      name: approvalFlows.name,
      description: approvalFlows.description,
      color: approvalFlows.color,
      logoUrl: approvalFlows.logoUrl,
      durations: approvalFlows.durations,
      approvers: approvalFlows.approvers,
      openRequest: { id: open.id, createdAt: open.createdAt },
      directSince: groupMembers.createdAt,
      grant: { requestId: held.requestId, startedAt: held.startedAt, until: held.until },
    })
    .from(approvalFlows)
    .leftJoin(open, eq(open.flowId, approvalFlows.id))
    .leftJoin(
      groupMembers,
      and(
        eq(groupMembers.groupId, approvalFlows.groupId),
        eq(groupMembers.userId, userId),
        sql`(select mg.connector_id from user_groups mg where mg.id = ${groupMembers.groupId}) is not distinct from ${flowConnector}`,
      ),
    )
    .leftJoin(
      held,
      and(eq(held.groupId, approvalFlows.groupId), sql`${held.connectorId} is not distinct from ${flowConnector}`),
    )
    .where(
      and(
        isOfferedTo(db, userId),
        id ? eq(approvalFlows.id, id) : undefined,
        q ? isSearched(searchedFlow, q, approvalFlows.id) : undefined,
        page.where,
      ),
    )
    .orderBy(...page.orderBy)
    .limit(limit)
}

export type CatalogRow = Awaited<ReturnType<typeof listCatalog>>[number]

const managers = alias(users, 'managers')

/** Names of users, groups and the user's manager (under the key `manager`). */
export async function namesFor(
  db: DbOrTx,
  { userId, rows }: { userId: string; rows: readonly CatalogRow[] },
): Promise<Map<string, string>> {
  const rules = rows.flatMap(({ approvers }) => approvers)
  const userIds = [...new Set(rules.flatMap((rule) => rule.userId ?? []))]
  const groupIds = [...new Set(rules.flatMap((rule) => rule.groupId ?? []))]
  const [people, groups, [own]] = await Promise.all([
    userIds.length > 0
      ? db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, userIds))
      : [],
    groupIds.length > 0
      ? db
          .select({ id: userGroups.id, name: userGroups.name })
          .from(userGroups)
          .where(and(inArray(userGroups.id, groupIds), isNotArchived))
      : [],
    rules.some((rule) => sourceOf(rule) === 'manager')
      ? db
          .select({ name: managers.name })
          .from(users)
          .innerJoin(managers, eq(managers.id, users.managerId))
          .where(eq(users.id, userId))
      : [],
  ])
  const names = new Map([...people, ...groups].map(({ id, name }) => [id, name]))
  if (own) names.set('manager', own.name)
  return names
}
