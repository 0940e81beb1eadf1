/** User groups in Postgres, and what uses them. */
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { DomainError, invalidInput } from '../../../domain/shared/errors.ts'
import { fieldProblem } from '../../../domain/shared/field-errors.ts'
import { type DbOrTx, idList, rowsOf } from '../../../platform/db/columns.ts'
import { asWords, keyset, type Slice } from '../../../platform/db/keyset.ts'
import { findOnTheWay } from '../../../platform/db/rare.ts'
import { isSearched } from '../../../platform/db/search.ts'
import { violatedConstraint } from '../../../platform/db/violation.ts'
import { connectors } from '../../connectors/connectors.table.ts'
import { approvalFlows, namesGroup } from '../../flows/flows.table.ts'
import { grants } from '../../grants/grants.table.ts'
import { groupMembers } from '../../memberships/memberships.table.ts'
import { pendingChanges } from '../../pending-changes/pending-changes.table.ts'
import { applicationGroups } from '../applications/applications.table.ts'
import { managedByColumns } from '../sources/sources.repository.ts'
import { peopleSources } from '../sources/sources.table.ts'
import { users } from '../users/users.table.ts'
import { isNotArchived, searchedGroup, userGroups } from './groups.table.ts'

type GroupValues = typeof userGroups.$inferInsert

const view = {
  id: userGroups.id,
  name: userGroups.name,
  description: userGroups.description,
  connectorId: userGroups.connectorId,
  managedBy: managedByColumns,
  createdAt: userGroups.createdAt,
  updatedAt: userGroups.updatedAt,
  archivedAt: userGroups.archivedAt,
  // Names with their tables, by hand: a query of one table writes columns without, and `id` would be that of the grant.
  memberCount: sql<number>`(
    select count(*)::int from (
      select m.user_id from ${groupMembers} as m where m.group_id = "user_groups"."id"
      union
      select g.user_id from ${grants} as g where g.group_id = "user_groups"."id" and g.ended_at is null
    ) as members
  )`,
}

interface Search extends Slice {
  q?: string | undefined
}

interface GroupSearch extends Search {
  state?: 'active' | 'archived' | undefined
}

interface MemberSearch extends Search {
  /** How many users are looked at on the way; tests shorten it. */
  stretch?: number | undefined
}

/** Up to `limit` groups of one page. */
export async function listGroups(db: DbOrTx, { q, state = 'active', sort, after, limit }: GroupSearch) {
  const page = keyset({ name: asWords(userGroups.name), createdAt: userGroups.createdAt }, userGroups.id, {
    sort,
    after,
  })
  return db
    .select(view)
    .from(userGroups)
    .leftJoin(peopleSources, eq(peopleSources.id, userGroups.sourceId))
    .where(
      and(
        state === 'active' ? isNotArchived : isNotNull(userGroups.archivedAt),
        q ? isSearched(searchedGroup(userGroups), q, userGroups.id) : undefined,
        page.where,
      ),
    )
    .orderBy(...page.orderBy)
    .limit(limit)
}

/** One group, an archived one as well. */
export async function findGroup(db: DbOrTx, id: string) {
  const [group] = await db
    .select(view)
    .from(userGroups)
    .leftJoin(peopleSources, eq(peopleSources.id, userGroups.sourceId))
    .where(eq(userGroups.id, id))
  return group
}

export type GroupView = NonNullable<Awaited<ReturnType<typeof findGroup>>>

/** Undefined when it is not there, or archived. */
export async function lockGroup(tx: DbOrTx, id: string): Promise<GroupView | undefined> {
  await tx.select({ id: userGroups.id }).from(userGroups).where(eq(userGroups.id, id)).for('update')
  const group = await findGroup(tx, id)
  return group?.archivedAt === null ? group : undefined
}

function refuseViolation(error: unknown): never {
  const constraint = violatedConstraint(error)
  if (constraint === 'user_groups_name_unique') {
    throw new DomainError(
      'conflict',
      'A user group of this name exists already.',
      { current: 'taken', errors: [{ path: 'name', ...fieldProblem('taken', 'is taken') }] },
      { cause: error },
    )
  }
  if (constraint === 'user_groups_external_unique') {
    throw new DomainError(
      'conflict',
      'The source has another user group of this external id already.',
      { current: 'taken', errors: [{ path: 'externalId', ...fieldProblem('taken', 'is taken') }] },
      { cause: error },
    )
  }
  throw error
}

/** Keeps the connector until the transaction ends. @throws DomainError `invalid_input` when it is not there */
async function refuseNoConnector(tx: DbOrTx, { connectorId }: Partial<GroupValues>): Promise<void> {
  if (!connectorId) return
  const isThere = and(eq(connectors.id, connectorId), isNull(connectors.archivedAt))
  const [found] = await tx.select({ id: connectors.id }).from(connectors).where(isThere).for('key share')
  if (!found) throw invalidInput('connectorId', fieldProblem('not_found', 'is not a connector'))
}

/** False when a group of this id is there already. @throws DomainError `conflict` (name taken), `invalid_input` (connector) */
export async function insertGroup(tx: DbOrTx, group: GroupValues): Promise<boolean> {
  await refuseNoConnector(tx, group)
  const rows = await tx
    .insert(userGroups)
    .values(group)
    .onConflictDoNothing({ target: userGroups.id })
    .returning({ id: userGroups.id })
    .catch(refuseViolation)
  return rows.length > 0
}

/** @throws DomainError `conflict` (name taken), `invalid_input` (connector) */
export async function updateGroup(tx: DbOrTx, id: string, change: Partial<GroupValues>): Promise<void> {
  await refuseNoConnector(tx, change)
  await tx
    .update(userGroups)
    .set({ ...change, updatedAt: sql`now()` })
    .where(eq(userGroups.id, id))
    .catch(refuseViolation)
}

/** Flows that are not deleted and name the group in whatever role, and how many open grants hold people in it. */
export async function usesOfGroup(tx: DbOrTx, groupId: string) {
  const flows = await tx
    .select({
      id: approvalFlows.id,
      name: approvalFlows.name,
      gives: sql<boolean>`${approvalFlows.groupId} = ${groupId}`,
      asks: sql<boolean>`${approvalFlows.approvers} @> ${JSON.stringify([{ groupId }])}::jsonb`,
    })
    .from(approvalFlows)
    .where(and(namesGroup(groupId), isNull(approvalFlows.deletedAt)))
    .orderBy(approvalFlows.name, approvalFlows.id)
    .limit(10)
  const [open] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(grants)
    .where(and(eq(grants.groupId, groupId), isNull(grants.endedAt)))
  return { flows, openGrants: open?.count ?? 0 }
}

/** Whether deleted flows or ended grants name the group. */
export async function isInHistory(tx: DbOrTx, groupId: string): Promise<boolean> {
  const names = sql<boolean>`exists (select 1 from ${approvalFlows} where group_id = ${groupId})
    or exists (select 1 from ${grants} where group_id = ${groupId})`
  const [row] = await tx.select({ names }).from(sql`(select 1) as one`)
  return row?.names ?? false
}

export async function deleteGroup(tx: DbOrTx, id: string): Promise<void> {
  await tx.delete(userGroups).where(eq(userGroups.id, id))
}

/** What the source says of a group, which is not shown to others. */
export async function sourceIdsOf(
  tx: DbOrTx,
  id: string,
): Promise<{ sourceId: string | null; externalId: string | null }> {
  const columns = { sourceId: userGroups.sourceId, externalId: userGroups.externalId }
  const [group] = await tx.select(columns).from(userGroups).where(eq(userGroups.id, id))
  return group ?? { sourceId: null, externalId: null }
}

/** What goes with a group that is deleted goes with one that is archived; what is history keeps its name. */
export async function archiveGroup(tx: DbOrTx, id: string): Promise<void> {
  await tx.delete(groupMembers).where(eq(groupMembers.groupId, id))
  await tx.delete(applicationGroups).where(eq(applicationGroups.groupId, id))
  await tx.delete(pendingChanges).where(eq(pendingChanges.groupId, id))
  const now = sql`now()`
  await tx.update(userGroups).set({ archivedAt: now, updatedAt: now }).where(eq(userGroups.id, id))
}

/** Up to `limit` members of one page: direct ones and those that an open grant holds. */
export async function listMembers(db: DbOrTx, groupId: string, { q, sort, after, limit, stretch }: MemberSearch) {
  const page = keyset({ name: asWords(users.name) }, users.id, { sort, after })
  const order = sql.join(page.orderBy, sql`, `)
  const direct = sql`select m.user_id from ${groupMembers} m where m.group_id = ${groupId}`
  const granted = sql`select g.user_id from ${grants} g where g.group_id = ${groupId} and g.ended_at is null`
  // Asked of each user: with `exists`, Postgres would rather read all of the group.
  const isMember = sql`((${direct} and m.user_id = users.id limit 1) is not null or (${granted} and g.user_id = users.id limit 1) is not null)`
  const isSought = q ? isSearched(users.searchText, q, users.id) : undefined
  const search = {
    inOrder: (most: number) =>
      sql`select id, name, search_text from ${users} where ${page.where ?? sql`true`} order by ${order} limit ${most}`,
    as: sql`users`,
    isWanted: and(isMember, isSought),
    key: sql`id`,
    limit,
  }
  const byIndex = async () => {
    const where = and(sql`id in (${direct} union ${granted})`, isSought, page.where)
    const rows = await rowsOf<{ key: string }>(
      db,
      sql`with found as materialized (select id, name from ${users} where ${where})
        select id as key from found as users order by ${order} limit ${limit}`,
    )
    return rows.map(({ key }) => key)
  }
  const ids = await findOnTheWay(db, { ...search, byIndex }, stretch)
  return db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      department: users.department,
      state: users.state,
      direct: sql<boolean>`exists (${direct} and m.user_id = "users"."id")`,
      grantIds: sql<string[]>`array(select g.id from ${grants} g
        where g.group_id = ${groupId} and g.user_id = "users"."id" and g.ended_at is null order by g.id)`,
    })
    .from(users)
    .where(sql`${users.id} = any(${idList(ids)})`)
    .orderBy(...page.orderBy)
}
