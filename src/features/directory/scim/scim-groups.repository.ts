/** Groups that a source sees, its own and those that nobody manages, and their members. */
import { and, eq, isNull, or, sql } from 'drizzle-orm'
import { type DbOrTx, idList, rowsOf } from '../../../platform/db/columns.ts'
import { groupMembers } from '../../memberships/memberships.table.ts'
import { directoryChanges } from '../../requests/directory-changes.table.ts'
import { isNotArchived, userGroups } from '../groups/groups.table.ts'
import { type Columns, conditionOf, orderOf, type Search } from './scim-filter.repository.ts'
import type { GroupOfPerson } from './scim-person.ts'

const groupColumns: Columns = {
  id: { is: 'uuid', sql: sql`user_groups.id` },
  externalid: { is: 'exact', sql: sql`user_groups.external_id` },
  displayname: { is: 'text', sql: sql`user_groups.name` },
  'meta.created': { is: 'moment', sql: sql`user_groups.created_at` },
  'meta.lastmodified': { is: 'moment', sql: sql`user_groups.updated_at` },
  members: {
    is: 'list',
    from: sql`(select user_id from group_members where group_id = user_groups.id) as gm`,
    usual: 'value',
    parts: {
      value: { is: 'uuid', sql: sql`gm.user_id` },
      type: { is: 'text', sql: sql`'User'` },
    },
  },
}

const isSeenGroup = (sourceId: string) =>
  and(
    isNotArchived,
    or(
      eq(userGroups.sourceId, sourceId),
      and(isNull(userGroups.sourceId), sql`${userGroups.releasedBy} is distinct from ${sourceId}`),
    ),
  )

/** The groups that people are in directly, by id of the person; those that the source sees. */
export async function groupsOfPeople(db: DbOrTx, sourceId: string, ids: readonly string[]) {
  const rows = await db
    .select({ userId: groupMembers.userId, id: userGroups.id, name: userGroups.name })
    .from(groupMembers)
    .innerJoin(userGroups, eq(userGroups.id, groupMembers.groupId))
    .where(and(sql`${groupMembers.userId} = any(${idList(ids)})`, isSeenGroup(sourceId)))
    .orderBy(userGroups.name, userGroups.id)
  const found = new Map<string, GroupOfPerson[]>(ids.map((id) => [id, []]))
  for (const { userId, ...group } of rows) found.get(userId)?.push(group)
  return found
}

const group = {
  id: userGroups.id,
  name: userGroups.name,
  description: userGroups.description,
  connectorId: userGroups.connectorId,
  sourceId: userGroups.sourceId,
  externalId: userGroups.externalId,
  createdAt: userGroups.createdAt,
  updatedAt: userGroups.updatedAt,
}

/** A page of groups that the source sees, and how many there are. @throws ScimError 400 for a filter or sort that cannot be */
export async function searchGroups(db: DbOrTx, sourceId: string, search: Search) {
  const where = and(isSeenGroup(sourceId), search.filter ? conditionOf(search.filter, groupColumns) : undefined)
  const found = db
    .select(group)
    .from(userGroups)
    .where(where)
    .orderBy(...orderOf(groupColumns, search, sql`user_groups.created_at`, sql`user_groups.id`))
    .limit(search.limit)
    .offset(search.offset)
  const counted = db.select({ total: sql<number>`count(*)::int` }).from(userGroups).where(where)
  const [items, [count]] = await Promise.all([search.limit > 0 ? found : [], counted])
  return { items, total: count?.total ?? 0 }
}

/** A group that the source sees. */
export async function findScimGroup(db: DbOrTx, sourceId: string, id: string) {
  const [row] = await db
    .select(group)
    .from(userGroups)
    .where(and(eq(userGroups.id, id), isSeenGroup(sourceId)))
  return row
}

export type GroupRow = NonNullable<Awaited<ReturnType<typeof findScimGroup>>>

/** The ids of direct members, by id of the group. */
export async function membersOfGroups(db: DbOrTx, ids: readonly string[]) {
  const rows = await db
    .select({ groupId: groupMembers.groupId, userId: groupMembers.userId })
    .from(groupMembers)
    .where(sql`${groupMembers.groupId} = any(${idList(ids)})`)
    .orderBy(groupMembers.createdAt, groupMembers.userId)
  const found = new Map<string, string[]>(ids.map((id) => [id, []]))
  for (const { groupId, userId } of rows) found.get(groupId)?.push(userId)
  return found
}

/** Those of `ids` who are in the group directly; everybody who is when left out. */
export async function memberIdsOf(db: DbOrTx, groupId: string, ids?: readonly string[]): Promise<Set<string>> {
  const isMeant = ids ? sql`${groupMembers.userId} = any(${idList(ids)})` : undefined
  const rows = await db
    .select({ id: groupMembers.userId })
    .from(groupMembers)
    .where(and(eq(groupMembers.groupId, groupId), isMeant))
  return new Set(rows.map(({ id }) => id))
}

interface Members {
  groupId: string
  ids: readonly string[]
}

type Changed = { id: string; email: string }

/** Puts people into a group of the directory itself. @returns those who were not in it */
export async function insertMembers(tx: DbOrTx, { groupId, ids }: Members): Promise<Changed[]> {
  return rowsOf(
    tx,
    sql`with added as (
      insert into group_members (group_id, user_id)
      select ${groupId}::uuid, u.id from users u where u.id = any(${idList(ids)}) and u.removed_at is null order by u.id
      on conflict do nothing returning user_id)
    select u.id, u.email::text as email from added join users u on u.id = added.user_id order by u.id`,
  )
}

/** Takes people out of a group of the directory itself. @returns those who were in it */
export async function deleteMembers(tx: DbOrTx, { groupId, ids }: Members): Promise<Changed[]> {
  return rowsOf(
    tx,
    sql`with gone as (
      delete from group_members where group_id = ${groupId}::uuid and user_id = any(${idList(ids)}) returning user_id)
    select u.id, u.email::text as email from gone join users u on u.id = gone.user_id order by u.id`,
  )
}

/** Open requests are told once of all that this transaction has changed in the group, and not once for each member. */
export async function tellOnce(tx: DbOrTx, groupId: string): Promise<void> {
  const ofThis = sql`kind = 'group_changed' and subject_id = ${groupId}::uuid and xmin = pg_current_xact_id()::xid`
  await tx.execute(sql`with kept as materialized (select id from ${directoryChanges} where ${ofThis} limit 1)
    delete from ${directoryChanges} where ${ofThis} and id not in (select id from kept)`)
}

/** A new moment of change, later than the one before. */
export async function touchGroup(tx: DbOrTx, id: string): Promise<void> {
  const later = sql`greatest(clock_timestamp(), ${userGroups.updatedAt} + interval '1 millisecond')`
  await tx.update(userGroups).set({ updatedAt: later }).where(eq(userGroups.id, id))
}

/** One change of a group's members by a source at a time, until the transaction ends; in every process. */
export async function lockMembersOf(tx: DbOrTx, groupId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`scim-members/${groupId}`}, 0))`)
}

/** Groups of the source that somebody is in directly, those with a connector first. */
export async function groupsOfSource(db: DbOrTx, sourceId: string, userId: string) {
  return db
    .select(group)
    .from(groupMembers)
    .innerJoin(userGroups, eq(userGroups.id, groupMembers.groupId))
    .where(and(eq(groupMembers.userId, userId), eq(userGroups.sourceId, sourceId)))
    .orderBy(sql`${userGroups.connectorId} is null`, userGroups.id)
}

/** The source gives the group up: it is kept here from then on, and not there for the source. */
export async function releaseGroup(tx: DbOrTx, sourceId: string, id: string): Promise<void> {
  const released = { sourceId: null, externalId: null, releasedBy: sourceId, updatedAt: sql`now()` }
  await tx.update(userGroups).set(released).where(eq(userGroups.id, id))
}

/** The group of this name that the source gave up and that nobody has had since: it sees it again. @returns its id */
export async function regainGroup(tx: DbOrTx, sourceId: string, name: string): Promise<string | undefined> {
  const isMeant = sql`${isNotArchived} and lower(${userGroups.name}) = lower(${name})
    and ${userGroups.sourceId} is null and ${userGroups.releasedBy} = ${sourceId}`
  const [regained] = await tx
    .update(userGroups)
    .set({ releasedBy: null })
    .where(isMeant)
    .returning({ id: userGroups.id })
  return regained?.id
}
