/** People that a source sees: its own, and those whom nobody manages. */
import { and, eq, isNull, or, sql } from 'drizzle-orm'
import { type DbOrTx, idList } from '../../../platform/db/columns.ts'
import { users } from '../users/users.table.ts'
import { type Columns, conditionOf, orderOf, type Search } from './scim-filter.repository.ts'
import type { PersonRow } from './scim-person.ts'

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

const isSeen = (sourceId: string) =>
  and(isNull(users.removedAt), or(isNull(users.sourceId), eq(users.sourceId, sourceId)))

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

/** Those of `ids` whom the source sees. */
export async function peopleAmong(db: DbOrTx, sourceId: string, ids: readonly string[]): Promise<Set<string>> {
  const isMeant = sql`${users.id} = any(${idList(ids)})`
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .where(and(isMeant, isSeen(sourceId)))
  return new Set(rows.map(({ id }) => id))
}
