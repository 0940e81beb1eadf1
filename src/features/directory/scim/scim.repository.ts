/** What a source sees of people and groups: its own, and those that nobody manages. */
import { and, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import { type DbOrTx, idList, rowsOf } from '../../../platform/db/columns.ts'
import { groupMembers } from '../../memberships/memberships.table.ts'
import { directoryChanges } from '../../requests/directory-changes.table.ts'
import { isNotArchived, userGroups } from '../groups/groups.table.ts'
import { users } from '../users/users.table.ts'
import { type Columns, conditionOf, sortedBy } from './scim-filter.repository.ts'
import type { Filter } from './scim-filter.ts'
import type { GroupOfPerson, PersonRow } from './scim-person.ts'

const person = {
  id: users.id,
  name: users.name,
  email: users.email,
  department: users.department,
  jobTitle: users.jobTitle,
  state: users.state,
  managerId: users.managerId,
  sourceId: users.sourceId,
  externalId: users.externalId,
  sourceProfile: users.sourceProfile,
  createdAt: users.createdAt,
  updatedAt: users.updatedAt,
}

/** What they sign in with at the source; the e-mail address where that is the same. As the index has it. */
const userName = sql`coalesce(users.source_profile->>'userName', users.email::text)`
const described = sql`users.source_profile <> '{}'`

const emails = sql`jsonb_to_recordset(coalesce(users.source_profile->'emails',
  jsonb_build_array(jsonb_build_object('value', users.email::text, 'type', 'work', 'primary', true))))
  as listed(value text, type text, display text, "primary" boolean)`

const part = (name: string) => sql`users.source_profile->'name'->>${sql.raw(`'${name}'`)}`

const personColumns: Columns = {
  id: { is: 'uuid', sql: sql`users.id` },
  externalid: { is: 'exact', sql: sql`users.external_id` },
  username: { is: 'text', sql: userName },
  displayname: {
    is: 'text',
    sql: sql`case when ${described} then users.source_profile->>'displayName' else users.name end`,
  },
  'name.formatted': { is: 'text', sql: part('formatted') },
  'name.familyname': { is: 'text', sql: part('familyName') },
  'name.givenname': { is: 'text', sql: part('givenName') },
  title: { is: 'text', sql: sql`users.job_title` },
  active: { is: 'boolean', sql: sql`(users.state = 'activated')` },
  department: { is: 'text', sql: sql`users.department` },
  manager: { is: 'uuid', sql: sql`users.manager_id` },
  'manager.value': { is: 'uuid', sql: sql`users.manager_id` },
  'meta.created': { is: 'moment', sql: sql`users.created_at` },
  'meta.lastmodified': { is: 'moment', sql: sql`users.updated_at` },
  emails: {
    is: 'list',
    from: emails,
    usual: 'value',
    parts: {
      value: { is: 'text', sql: sql`listed.value` },
      type: { is: 'text', sql: sql`listed.type` },
      display: { is: 'text', sql: sql`listed.display` },
      primary: { is: 'boolean', sql: sql`coalesce(listed."primary", false)` },
    },
  },
  groups: {
    is: 'list',
    from: sql`group_members gm join user_groups g on g.id = gm.group_id and gm.user_id = users.id and g.archived_at is null`,
    usual: 'value',
    parts: { value: { is: 'uuid', sql: sql`g.id` }, display: { is: 'text', sql: sql`g.name` } },
  },
}

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

export interface Search {
  filter?: Filter | undefined
  sort?: { by: string; isDescending: boolean } | undefined
  /** How many are left out before the first one. */
  offset: number
  limit: number
}

const isSeen = (sourceId: string) =>
  and(isNull(users.removedAt), or(isNull(users.sourceId), eq(users.sourceId, sourceId)))

const isSeenGroup = (sourceId: string) =>
  and(isNotArchived, or(isNull(userGroups.sourceId), eq(userGroups.sourceId, sourceId)))

const orderOf = (columns: Columns, { sort }: Search, ...last: SQL[]): SQL[] => {
  if (!sort) return last
  const by = sortedBy(columns, sort.by)
  return [sort.isDescending ? sql`${by} desc nulls last` : sql`${by} asc nulls last`, ...last]
}

/** A page of people that the source sees, and how many there are. @throws ScimError 400 for a filter or sort that cannot be */
export async function searchPeople(db: DbOrTx, sourceId: string, search: Search) {
  const where = and(isSeen(sourceId), search.filter ? conditionOf(search.filter, personColumns) : undefined)
  const found = db
    .select(person)
    .from(users)
    .where(where)
    .orderBy(...orderOf(personColumns, search, sql`users.created_at`, sql`users.id`))
    .limit(search.limit)
    .offset(search.offset)
  const counted = db.select({ total: sql<number>`count(*)::int` }).from(users).where(where)
  const [items, [count]] = await Promise.all([search.limit > 0 ? found : [], counted])
  return { items, total: count?.total ?? 0 }
}

/** A person that the source sees. */
export async function findPerson(db: DbOrTx, sourceId: string, id: string): Promise<PersonRow | undefined> {
  const [row] = await db
    .select(person)
    .from(users)
    .where(and(eq(users.id, id), isSeen(sourceId)))
  return row
}

/** Somebody whom this source, or one that is gone, took away, by the name they had there or their address. */
export async function findRemoved(
  db: DbOrTx,
  sourceId: string,
  { userName: wanted, email }: { userName: string; email: string },
): Promise<PersonRow | undefined> {
  const isTheirs = or(isNull(users.sourceId), eq(users.sourceId, sourceId))
  const [row] = await db
    .select(person)
    .from(users)
    .where(
      and(
        sql`${users.removedAt} is not null`,
        isTheirs,
        or(sql`lower(${userName}) = lower(${wanted})`, eq(users.email, email)),
      ),
    )
    .limit(1)
  return row
}

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

/** Those of `ids` whom the source sees. */
export async function peopleAmong(db: DbOrTx, sourceId: string, ids: readonly string[]): Promise<Set<string>> {
  const isMeant = sql`${users.id} = any(${idList(ids)})`
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .where(and(isMeant, isSeen(sourceId)))
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

/** The source gives the group up: it is kept here from then on. */
export async function releaseGroup(tx: DbOrTx, id: string): Promise<void> {
  const released = { sourceId: null, externalId: null, updatedAt: sql`now()` }
  await tx.update(userGroups).set(released).where(eq(userGroups.id, id))
}
