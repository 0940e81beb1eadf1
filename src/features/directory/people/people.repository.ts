/** Many people of the directory at once, in Postgres: each function is one statement for all of them. */
import { type SQL, sql } from 'drizzle-orm'
import type { KnownPerson, PlannedPerson } from '../../../domain/directory/plan.ts'
import type { AccountAct } from '../../../domain/request/four-eyes.ts'
import { type DbOrTx, idList, rowsOf } from '../../../platform/db/columns.ts'
import { approvalFlows } from '../../flows/flows.table.ts'
import { grants } from '../../grants/grants.table.ts'
import type { MembershipIds } from '../../memberships/memberships.repository.ts'
import { groupMembers, membershipRemovals } from '../../memberships/memberships.table.ts'
import { userGroups } from '../groups/groups.table.ts'
import { peopleSources } from '../sources/sources.table.ts'
import { accountActs } from '../users/account-acts.table.ts'
import { refuseTakenAddress } from '../users/users.repository.ts'
import { users } from '../users/users.table.ts'

const asJson = (value: unknown): SQL => sql`${JSON.stringify(value)}::text::jsonb`
const texts = (values: readonly string[]): SQL => sql`(select jsonb_array_elements_text(${asJson(values)}))`

const isActiveAdministrator = sql`('admin' = any(u.roles) and u.state = 'activated')`

/** Who is meant: by their addresses (of any case), or by their ids at a source. */
export interface Wanted {
  emails: readonly string[]
  source?: { id: string; externalIds: readonly string[] } | undefined
}

function isWanted({ emails, source }: Wanted): SQL {
  const byEmail = sql`u.email in (select t::citext from jsonb_array_elements_text(${asJson(emails)}) t)`
  if (!source) return byEmail
  return sql`(${byEmail} or (u.source_id = ${source.id} and u.external_id in ${texts(source.externalIds)}))`
}

/** Keeps them, and every activated administrator, as they are until the transaction ends: all in one order. */
export async function lockPeople(tx: DbOrTx, wanted: Wanted): Promise<void> {
  await tx.execute(sql`select u.id from ${users} u where ${isWanted(wanted)} or ${isActiveAdministrator}
    order by u.id for no key update`)
}

/** As `instant` columns come in code. */
const rfc3339 = (moment: SQL): SQL => sql`to_char(${moment}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

export type PersonRow = Omit<KnownPerson, 'key' | 'groupIds'> & { isWanted: boolean }

/** Those that are wanted, and everybody above them in the reporting lines. */
export async function readPeople(db: DbOrTx, wanted: Wanted): Promise<PersonRow[]> {
  return rowsOf<PersonRow>(
    db,
    sql`with recursive line as (
        select u.id, u.manager_id from ${users} u where ${isWanted(wanted)}
        union
        select above.id, above.manager_id from ${users} above join line on above.id = line.manager_id)
      select u.id, u.name, u.email, u.department, u.job_title as "jobTitle", u.manager_id as "managerId", u.state, u.roles,
        u.source_id as "sourceId", u.external_id as "externalId", ${rfc3339(sql`u.removed_at`)} as "removedAt",
        ${rfc3339(sql`u.suspended_here_at`)} as "suspendedHereAt", ${isWanted(wanted)} as "isWanted", s.name as source
      from line join ${users} u on u.id = line.id left join ${peopleSources} s on s.id = u.source_id`,
  )
}

/** Every activated administrator. */
export async function readAdministratorIds(db: DbOrTx): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(db, sql`select u.id from ${users} u where ${isActiveAdministrator}`)
  return rows.map(({ id }) => id)
}

/** Those of these groups that an approval flow gives, or has given. */
export async function readGroupsGiven(db: DbOrTx, groupIds: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    db,
    sql`select g.id from ${userGroups} g where g.id = any(${idList(groupIds)}) and ${isGivenGroup}`,
  )
  return rows.map(({ id }) => id)
}

const isGivenGroup = sql`(exists (select 1 from ${approvalFlows} f where f.group_id = g.id)
  or exists (select 1 from ${grants} gr where gr.group_id = g.id))`

export interface GroupRow {
  id: string
  name: string
  connectorId: string | null
  /** Name of the source that the group comes from. */
  source: string | null
  /** An approval flow gives it, or has given it. */
  isGiven: boolean
}

const isGroupOf = (names: readonly string[], userIds: readonly string[]): SQL =>
  sql`g.archived_at is null and (lower(g.name) in (select lower(t) from jsonb_array_elements_text(${asJson(names)}) t)
    or g.id in (select m.group_id from ${groupMembers} m where m.user_id = any(${idList(userIds)})))`

/** A group whose members change keeps its connector meanwhile, and is not deleted. */
export async function lockGroups(tx: DbOrTx, names: readonly string[], userIds: readonly string[]): Promise<void> {
  await tx.execute(
    sql`select g.id from ${userGroups} g where ${isGroupOf(names, userIds)} order by g.id for no key update`,
  )
}

/** Those of these names (of any case), and those that one of the people is a direct member of. */
export async function readGroups(
  db: DbOrTx,
  names: readonly string[],
  userIds: readonly string[],
): Promise<GroupRow[]> {
  return rowsOf<GroupRow>(
    db,
    sql`select g.id, g.name, g.connector_id as "connectorId", s.name as source,
        ${isGivenGroup} as "isGiven"
      from ${userGroups} g left join ${peopleSources} s on s.id = g.source_id
      where ${isGroupOf(names, userIds)}`,
  )
}

/** Direct memberships of these people. */
export async function readMemberships(db: DbOrTx, userIds: readonly string[]): Promise<MembershipIds[]> {
  return rowsOf<MembershipIds>(
    db,
    sql`select m.group_id as "groupId", m.user_id as "userId" from ${groupMembers} m
      where m.user_id = any(${idList(userIds)})`,
  )
}

const rowOf = ({ id, after }: PlannedPerson) => ({ id, ...after })
const personColumns = sql`as p(id uuid, name text, email citext, department text, "jobTitle" text, "managerId" uuid, state text,
  "sourceId" uuid, "externalId" text, "removedAt" timestamptz, "suspendedHereAt" timestamptz)`
const setColumns = sql`name, email, department, job_title, manager_id, state, source_id, external_id, removed_at, suspended_here_at`
const setValues = sql`p.name, p.email, p.department, p."jobTitle", p."managerId", p.state, p."sourceId", p."externalId",
  p."removedAt", p."suspendedHereAt"`

/** @throws DomainError `conflict` when somebody has taken an address meanwhile */
export async function insertPeople(tx: DbOrTx, people: readonly PlannedPerson[]): Promise<void> {
  await tx
    .execute(
      sql`insert into ${users} (id, ${setColumns}) select p.id, ${setValues}
        from jsonb_to_recordset(${asJson(people.map(rowOf))}) ${personColumns}`,
    )
    .catch(refuseTakenAddress)
}

/** @throws DomainError `conflict` when somebody has taken an address meanwhile */
export async function updatePeople(tx: DbOrTx, people: readonly PlannedPerson[]): Promise<void> {
  await tx
    .execute(
      sql`update ${users} u set (${setColumns}, updated_at) = row(${setValues}, now())
        from jsonb_to_recordset(${asJson(people.map(rowOf))}) ${personColumns} where u.id = p.id`,
    )
    .catch(refuseTakenAddress)
}

/**
 * Takes their addresses from people who get others in this transaction, so that one may have the address of another: the
 * index on addresses is looked at row by row. Until then their id stands there.
 */
export async function freeAddresses(tx: DbOrTx, ids: readonly string[]): Promise<void> {
  await tx.execute(sql`update ${users} u set email = u.id::text where u.id = any(${idList(ids)})`)
}

/** That id is no former address of theirs. */
export async function forgetFreeing(tx: DbOrTx, ids: readonly string[]): Promise<void> {
  await tx.execute(
    sql`update ${users} u set former = replace(u.former, u.id || ' ', '') where u.id = any(${idList(ids)})`,
  )
}

/** As `noteAccountAct`, of one actor for many. */
export async function noteAccountActs(
  tx: DbOrTx,
  { actorId, userIds, act }: { actorId: string; userIds: readonly string[]; act: AccountAct },
): Promise<void> {
  await tx.execute(
    sql`insert into ${accountActs} (id, actor_id, user_id, act)
      select gen_random_uuid(), ${actorId}, u, ${act} from unnest(${idList(userIds)}) u where u <> ${actorId}::uuid`,
  )
}

const memberColumns = sql`as m("groupId" uuid, "userId" uuid)`

export async function insertMembers(tx: DbOrTx, members: readonly MembershipIds[]): Promise<void> {
  await tx.execute(
    sql`insert into ${groupMembers} (group_id, user_id)
      select m."groupId", m."userId" from jsonb_to_recordset(${asJson(members)}) ${memberColumns} on conflict do nothing`,
  )
}

/** And counts the removal, as one by one, of those whom no open grant keeps in the group. */
export async function deleteMembers(tx: DbOrTx, members: readonly MembershipIds[]): Promise<void> {
  await tx.execute(
    sql`with given as (select m."groupId", m."userId" from jsonb_to_recordset(${asJson(members)}) ${memberColumns}),
        counted as (
          insert into ${membershipRemovals} (group_id, user_id, count)
          select "groupId", "userId", 1 from given where not exists (select 1 from ${grants} g
            where g.group_id = "groupId" and g.user_id = "userId" and g.ended_at is null)
          on conflict (group_id, user_id) do update set count = ${membershipRemovals}.count + 1)
      delete from ${groupMembers} gm using given where gm.group_id = given."groupId" and gm.user_id = given."userId"`,
  )
}

/** Everybody as a file has them, by id, in portions of `size`. */
export async function* everybody(db: DbOrTx, size: number) {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows = await rowsOf<ExportedPerson & { id: string }>(
      db,
      sql`select u.id, u.name, u.email, boss.email as "managerEmail", u.department, u.job_title as "jobTitle", u.state,
          array(select g.name from ${groupMembers} m join ${userGroups} g on g.id = m.group_id
            where m.user_id = u.id order by g.name) as groups
        from ${users} u left join ${users} boss on boss.id = u.manager_id
        where u.id > ${after} order by u.id limit ${size}`,
    )
    if (rows.length > 0) yield rows as ExportedPerson[]
    const last = rows.at(-1)
    if (!last || rows.length < size) return
    after = last.id
  }
}

export interface ExportedPerson {
  name: string
  email: string
  managerEmail: string | null
  department: string | null
  jobTitle: string | null
  state: string
  groups: string[]
}
