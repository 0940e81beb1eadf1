/**
 * Who is in which group, by what: direct members, and everyone an open grant holds there. Changes of one membership come
 * one at a time, and who puts a user in at a connected system notices who took them out there meanwhile.
 */
import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { union } from 'drizzle-orm/pg-core'
import type { AccessGrant } from '../../domain/grant/record.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { Managed } from '../../domain/shared/managed.ts'
import type { Person } from '../../domain/shared/person.ts'
import { type DbOrTx, rowsOf } from '../../platform/db/columns.ts'
import { violatedConstraint } from '../../platform/db/violation.ts'
import { isNotArchived, userGroups } from '../directory/groups/groups.table.ts'
import { peopleSources } from '../directory/sources/sources.table.ts'
import { type UserState, users } from '../directory/users/users.table.ts'
import { approvalFlows } from '../flows/flows.table.ts'
import { grants } from '../grants/grants.table.ts'
import { groupMembers, membershipRemovals } from './memberships.table.ts'

export interface MembershipIds {
  groupId: string
  userId: string
}

/** A membership at a connected system, and the grant (if any) that is not to count as its holder. */
export interface HeldBy {
  id: string | null
  groupId: string
  user: { id: string }
}

/**
 * One change of this membership at a time, until the transaction ends: whether it may be taken away at the target
 * depends on whether a grant or a direct membership still holds it.
 */
export async function lockMembership(tx: DbOrTx, { groupId, userId }: MembershipIds): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`membership/${groupId}/${userId}`}, 0))`)
}

/** The same, unless a change of the membership goes on. @returns whether it is locked */
export async function tryLockMembership(tx: DbOrTx, { groupId, userId }: MembershipIds): Promise<boolean> {
  const key = `membership/${groupId}/${userId}`
  const rows = await rowsOf<{ isLocked: boolean }>(
    tx,
    sql`select pg_try_advisory_xact_lock(hashtextextended(${key}, 0)) as "isLocked"`,
  )
  return rows[0]?.isLocked ?? false
}

/** How often this user was taken out of this group at the target so far. */
export async function removalsOf(tx: DbOrTx, { groupId, userId }: MembershipIds): Promise<number> {
  const [row] = await tx
    .select({ count: membershipRemovals.count })
    .from(membershipRemovals)
    .where(and(eq(membershipRemovals.groupId, groupId), eq(membershipRemovals.userId, userId)))
  return row?.count ?? 0
}

/** To be called under the lock, after the target was told. Where group or user is gone, nobody puts them in any more. */
export async function countRemoval(tx: DbOrTx, { groupId, userId }: MembershipIds): Promise<void> {
  await tx.execute(sql`insert into ${membershipRemovals} (group_id, user_id, count)
    select g.id, u.id, 1 from ${userGroups} g, ${users} u where g.id = ${groupId} and u.id = ${userId}
    on conflict (group_id, user_id) do update set count = ${membershipRemovals}.count + 1`)
}

export interface MembershipSubject {
  group: { id: string; name: string; connectorId: string | null } & Managed
  person: Person & { state: UserState }
}

const managedBy = { id: peopleSources.id, name: peopleSources.name, kind: peopleSources.kind }

/** The group and the person as they are now, as far as they are there. */
export async function subjectOf(db: DbOrTx, { groupId, userId }: MembershipIds): Promise<Partial<MembershipSubject>> {
  const groups = db
    .select({ id: userGroups.id, name: userGroups.name, connectorId: userGroups.connectorId, managedBy })
    .from(userGroups)
    .leftJoin(peopleSources, eq(peopleSources.id, userGroups.sourceId))
    .where(and(eq(userGroups.id, groupId), isNotArchived))
  const people = db
    .select({ id: users.id, name: users.name, email: users.email, state: users.state })
    .from(users)
    .where(eq(users.id, userId))
  const [[group], [person]] = await Promise.all([groups, people])
  return { ...(group && { group }), ...(person && { person }) }
}

/** What holds the user in the group. */
export async function holdsOf(db: DbOrTx, { groupId, userId }: MembershipIds) {
  const direct = await db
    .select({ userId: groupMembers.userId })
    .from(groupMembers)
    .where(and(eq(groupMembers.groupId, groupId), eq(groupMembers.userId, userId)))
  const open = await db
    .select({
      id: grants.id,
      flowName: approvalFlows.name,
      connectorId: grants.connectorId,
      isEnding: isNotNull(grants.end),
    })
    .from(grants)
    .innerJoin(approvalFlows, eq(approvalFlows.id, grants.flowId))
    .where(and(eq(grants.groupId, groupId), eq(grants.userId, userId), isNull(grants.endedAt)))
    .orderBy(grants.id)
  return { isDirect: direct.length > 0, grants: open }
}

/** Direct members whom the system of their group has to have: whoever is not activated has nothing there. */
export const activeMembers = sql`select ug.connector_id, m.group_id, m.user_id from ${groupMembers} m
  join ${userGroups} ug on ug.id = m.group_id and ug.connector_id is not null and ug.archived_at is null
  join ${users} u on u.id = m.user_id and u.state = 'activated'`

/**
 * Whether something holds somebody in a group at one system: a direct membership, where that is the group's own, or an open
 * grant through it that is not being taken away. What holds them elsewhere counts there.
 * @param place has the columns `connector_id`, `group_id` and `user_id`
 */
export const isHeld = (place: SQL, exceptGrantId: string | null = null) => sql<boolean>`(exists (
    select 1 from (${activeMembers}) am where am.connector_id = ${place}.connector_id
      and am.group_id = ${place}.group_id and am.user_id = ${place}.user_id)
  or exists (select 1 from ${grants} hg where hg.user_id = ${place}.user_id and hg.group_id = ${place}.group_id
      and hg.connector_id = ${place}.connector_id and hg.ended_at is null and hg.ending is null
      and hg.id is distinct from ${exceptGrantId}::uuid))`

/** True while something other than this grant holds its user in the group at one system. */
export async function isHeldAt(db: DbOrTx, connectorId: string, { id, groupId, user }: HeldBy): Promise<boolean> {
  const place = sql`(select ${connectorId}::uuid as connector_id, ${groupId}::uuid as group_id, ${user.id}::uuid as user_id) p`
  const rows = await rowsOf<{ isHeld: boolean }>(db, sql`select ${isHeld(sql`p`, id)} as "isHeld" from ${place}`)
  return rows[0]?.isHeld ?? false
}

/**
 * True while something other than this grant gives its user the group where the grant does; with `beyond` (RFC 3339) longer
 * than that.
 */
export async function isHeldOtherwise(
  db: DbOrTx,
  { id, groupId, user, connectorId }: Pick<AccessGrant, 'id' | 'groupId' | 'user' | 'connectorId'>,
  beyond?: string,
): Promise<boolean> {
  const lasts = beyond ? sql`and ending is null and (expires_at is null or expires_at > ${beyond})` : sql``
  const isThere = sql`connector_id is not distinct from ${connectorId}::uuid`
  const isHeld = sql<boolean>`exists (select 1 from ${groupMembers} m join ${userGroups} ug on ug.id = m.group_id
      where m.group_id = ${groupId} and m.user_id = ${user.id} and ug.${isThere})
    or exists (select 1 from ${grants}
      where user_id = ${user.id} and group_id = ${groupId} and ended_at is null and id <> ${id} and ${isThere} ${lasts})`
  const [row] = await db.select({ isHeld }).from(sql`(select 1) as one`)
  return row?.isHeld ?? false
}

/** @throws DomainError `not_found` when the group or user has gone meanwhile */
export async function insertMember(tx: DbOrTx, member: MembershipIds): Promise<void> {
  const isThere = and(eq(userGroups.id, member.groupId), isNotArchived)
  const [group] = await tx.select({ id: userGroups.id }).from(userGroups).where(isThere).for('key share')
  if (!group) throw new DomainError('not_found', 'The group is no longer there.')
  await tx
    .insert(groupMembers)
    .values(member)
    .onConflictDoNothing()
    .catch((error: unknown) => {
      if (!violatedConstraint(error)) throw error
      throw new DomainError('not_found', 'The group or the user is no longer there.', {}, { cause: error })
    })
}

export async function deleteMember(tx: DbOrTx, { groupId, userId }: MembershipIds): Promise<void> {
  await tx.delete(groupMembers).where(and(eq(groupMembers.groupId, groupId), eq(groupMembers.userId, userId)))
}

/** Whether an approval flow gives this group, or has given it to anybody: a flow may be pointed elsewhere for a moment. */
export async function isGivenByFlow(tx: DbOrTx, groupId: string): Promise<boolean> {
  const [flow] = await tx
    .select({ id: approvalFlows.id })
    .from(approvalFlows)
    .where(eq(approvalFlows.groupId, groupId))
    .limit(1)
  if (flow) return true
  const [grant] = await tx.select({ id: grants.id }).from(grants).where(eq(grants.groupId, groupId)).limit(1)
  return grant !== undefined
}

/** (groupId, userId) of this user, each pair once. */
export function membershipsOf(db: DbOrTx, userId: string) {
  const direct = db
    .select({ groupId: groupMembers.groupId, userId: groupMembers.userId })
    .from(groupMembers)
    .where(eq(groupMembers.userId, userId))
  const granted = db
    .select({ groupId: grants.groupId, userId: grants.userId })
    .from(grants)
    .where(and(isNull(grants.endedAt), eq(grants.userId, userId)))
  return union(direct, granted)
}
