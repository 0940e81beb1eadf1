/** User groups in Postgres, and what uses them. */
import { and, eq, isNull, or, sql } from 'drizzle-orm'
import { DomainError, invalidInput } from '../../../domain/shared/errors.ts'
import { fieldProblem } from '../../../domain/shared/field-errors.ts'
import { type DbOrTx } from '../../../platform/db/columns.ts'
import { asWords, containing, keyset, type Slice } from '../../../platform/db/keyset.ts'
import { violatedConstraint } from '../../../platform/db/violation.ts'
import { approvalFlows } from '../../flows/flows.table.ts'
import { grants } from '../../grants/grants.table.ts'
import { membersOf } from '../../memberships/memberships.repository.ts'
import { groupMembers } from '../../memberships/memberships.table.ts'
import { users } from '../users/users.table.ts'
import { userGroups } from './groups.table.ts'

type GroupValues = typeof userGroups.$inferInsert

const view = {
  id: userGroups.id,
  name: userGroups.name,
  description: userGroups.description,
  connectorId: userGroups.connectorId,
  createdAt: userGroups.createdAt,
  updatedAt: userGroups.updatedAt,
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

/** Up to `limit` groups of one page. */
export async function listGroups(db: DbOrTx, { q, sort, after, limit }: Search) {
  const page = keyset({ name: asWords(userGroups.name), createdAt: userGroups.createdAt }, userGroups.id, {
    sort,
    after,
  })
  return db
    .select(view)
    .from(userGroups)
    .where(
      and(
        q ? sql`lower(${userGroups.name} || ' ' || ${userGroups.description}) like lower(${containing(q)})` : undefined,
        page.where,
      ),
    )
    .orderBy(...page.orderBy)
    .limit(limit)
}

export async function findGroup(db: DbOrTx, id: string) {
  const [group] = await db.select(view).from(userGroups).where(eq(userGroups.id, id))
  return group
}

export type GroupView = NonNullable<Awaited<ReturnType<typeof findGroup>>>

export async function lockGroup(tx: DbOrTx, id: string): Promise<GroupView | undefined> {
  await tx.select({ id: userGroups.id }).from(userGroups).where(eq(userGroups.id, id)).for('update')
  return findGroup(tx, id)
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
  if (constraint === 'user_groups_connector_id_connectors_id_fk')
    throw invalidInput('connectorId', fieldProblem('not_found', 'is not a connector'))
  throw error
}

/** False when a group of this id is there already. @throws DomainError `conflict` (name taken), `invalid_input` (connector) */
export async function insertGroup(tx: DbOrTx, group: GroupValues): Promise<boolean> {
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
  await tx
    .update(userGroups)
    .set({ ...change, updatedAt: sql`now()` })
    .where(eq(userGroups.id, id))
    .catch(refuseViolation)
}

/** Flows that are not deleted and add people to the group, and how many open grants hold people in it. */
export async function usesOfGroup(tx: DbOrTx, groupId: string) {
  const flows = await tx
    .select({ id: approvalFlows.id, name: approvalFlows.name })
    .from(approvalFlows)
    .where(and(eq(approvalFlows.groupId, groupId), isNull(approvalFlows.deletedAt)))
    .orderBy(approvalFlows.name, approvalFlows.id)
    .limit(10)
  const [open] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(grants)
    .where(and(eq(grants.groupId, groupId), isNull(grants.endedAt)))
  return { flows, openGrants: open?.count ?? 0 }
}

/** @throws DomainError `conflict` while deleted flows or ended grants still name the group */
export async function deleteGroup(tx: DbOrTx, id: string): Promise<void> {
  await tx
    .delete(userGroups)
    .where(eq(userGroups.id, id))
    .catch((error: unknown) => {
      if (!violatedConstraint(error)) throw error
      throw new DomainError(
        'conflict',
        'Deleted approval flows or ended grants still name this group; it is kept for their history.',
        { current: 'in_use' },
        { cause: error },
      )
    })
}

/** Up to `limit` members of one page: direct ones and those that an open grant holds. */
export async function listMembers(db: DbOrTx, groupId: string, { q, sort, after, limit }: Search) {
  const page = keyset({ name: asWords(users.name) }, users.id, { sort, after })
  const members = membersOf(db, [groupId]).as('members')
  const pattern = containing(q ?? '')
  return db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      department: users.department,
      state: users.state,
      direct: sql<boolean>`exists (select 1 from ${groupMembers} where ${groupMembers.groupId} = ${groupId} and ${groupMembers.userId} = ${users.id})`,
      grantIds: sql<
        string[]
      >`array(select ${grants.id} from ${grants} where ${grants.groupId} = ${groupId} and ${grants.userId} = ${users.id} and ${grants.endedAt} is null order by ${grants.id})`,
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        q ? or(sql`lower(${users.name}) like lower(${pattern})`, sql`${users.email} like ${pattern}`) : undefined,
        page.where,
      ),
    )
    .orderBy(...page.orderBy)
    .limit(limit)
}
