/** Runs of a source, and the people and groups that are its, in Postgres. */
import { and, desc, eq, isNotNull, ne, sql } from 'drizzle-orm'
import { type DbOrTx, idList, rowsOf } from '../../../platform/db/columns.ts'
import type { MembershipIds } from '../../memberships/memberships.repository.ts'
import { groupMembers } from '../../memberships/memberships.table.ts'
import { userGroups } from '../groups/groups.table.ts'
import { sourceRuns } from '../sources/source-runs.table.ts'
import { peopleSources } from '../sources/sources.table.ts'
import { users } from '../users/users.table.ts'

export type SourceRunRow = typeof sourceRuns.$inferSelect

const asJson = (value: unknown) => sql`${JSON.stringify(value)}::text::jsonb`

/** Begins it, or leaves it as it is when a try before has. */
export async function beginRun(db: DbOrTx, run: typeof sourceRuns.$inferInsert): Promise<void> {
  await db.insert(sourceRuns).values(run).onConflictDoNothing({ target: sourceRuns.id })
}

/** Whether another run of the source goes on; one that has not ended within an hour never will. */
export async function isReadOtherwise(
  db: DbOrTx,
  { id, sourceId }: { id: string; sourceId: string },
): Promise<boolean> {
  const goesOn = sql`${sourceRuns.endedAt} is null and ${sourceRuns.startedAt} > now() - interval '1 hour'`
  const [other] = await db
    .select({ id: sourceRuns.id })
    .from(sourceRuns)
    .where(and(eq(sourceRuns.sourceId, sourceId), ne(sourceRuns.id, id), goesOn))
    .limit(1)
  return other !== undefined
}

/** Every source that is read, with how often. */
export async function sourcesToRead(db: DbOrTx): Promise<{ id: string; everyMinutes: number }[]> {
  return rowsOf<{ id: string; everyMinutes: number }>(
    db,
    sql`select id, (config->'settings'->>'everyMinutes')::int as "everyMinutes" from ${peopleSources}
      where kind = 'ldap' and secret is not null and config ? 'settings' order by id`,
  )
}

export async function endRun(
  tx: DbOrTx,
  id: string,
  end: Pick<SourceRunRow, 'outcome'> & Partial<Pick<SourceRunRow, 'result' | 'error' | 'cursor' | 'mode'>>,
): Promise<void> {
  await tx
    .update(sourceRuns)
    .set({ ...end, endedAt: sql`now()` })
    .where(eq(sourceRuns.id, id))
}

/** The newest first. */
export async function listRuns(db: DbOrTx, sourceId: string, limit: number): Promise<SourceRunRow[]> {
  return db
    .select()
    .from(sourceRuns)
    .where(eq(sourceRuns.sourceId, sourceId))
    .orderBy(desc(sourceRuns.startedAt), desc(sourceRuns.id))
    .limit(limit)
}

export async function findRun(db: DbOrTx, sourceId: string, id: string): Promise<SourceRunRow | undefined> {
  const [run] = await db
    .select()
    .from(sourceRuns)
    .where(and(eq(sourceRuns.sourceId, sourceId), eq(sourceRuns.id, id)))
  return run
}

/** What is known of the last time: from where to go on, and whether everything was read within a day. */
export async function lastDone(db: DbOrTx, sourceId: string) {
  const isDone = and(eq(sourceRuns.sourceId, sourceId), eq(sourceRuns.outcome, 'done'), eq(sourceRuns.isDryRun, false))
  const [newest] = await db
    .select({ cursor: sourceRuns.cursor })
    .from(sourceRuns)
    .where(and(isDone, isNotNull(sourceRuns.cursor)))
    .orderBy(desc(sourceRuns.startedAt), desc(sourceRuns.id))
    .limit(1)
  const [full] = await db
    .select({ id: sourceRuns.id })
    .from(sourceRuns)
    .where(and(isDone, eq(sourceRuns.mode, 'full'), sql`${sourceRuns.startedAt} > now() - interval '23 hours'`))
    .limit(1)
  return { cursor: newest?.cursor ?? null, isFullOfToday: full !== undefined }
}

/** Runs of the last 30 days are kept, and the newest ones of each source in any case. */
export async function forgetOldRuns(tx: DbOrTx, sourceId: string): Promise<void> {
  await tx.execute(sql`delete from ${sourceRuns} where source_id = ${sourceId} and started_at < now() - interval '30 days'
    and id not in (select r.id from ${sourceRuns} r where r.source_id = ${sourceId} order by r.started_at desc limit 20)`)
}

export interface SourcePerson {
  id: string
  externalId: string
  name: string
  email: string
  dn: string | null
  isRemoved: boolean
}

export async function peopleOfSource(db: DbOrTx, sourceId: string): Promise<SourcePerson[]> {
  return rowsOf<SourcePerson>(
    db,
    sql`select u.id, u.external_id as "externalId", u.name, u.email, u.source_profile->>'dn' as dn,
        u.removed_at is not null as "isRemoved"
      from ${users} u where u.source_id = ${sourceId} and u.external_id is not null`,
  )
}

/** Under which name each person stands at the source: managers and members are named by it. */
export async function rememberNames(
  tx: DbOrTx,
  sourceId: string,
  names: readonly { externalId: string; dn: string }[],
): Promise<void> {
  await tx.execute(sql`update ${users} u set source_profile = jsonb_build_object('dn', n.dn)
    from jsonb_to_recordset(${asJson(names)}) as n("externalId" text, dn text)
    where u.source_id = ${sourceId} and u.external_id = n."externalId" and u.source_profile->>'dn' is distinct from n.dn`)
}

export interface SourceGroup {
  id: string
  externalId: string
  name: string
  connectorId: string | null
}

/** Kept as they are until the transaction ends, in one order. */
export async function lockGroupsOfSource(tx: DbOrTx, sourceId: string): Promise<SourceGroup[]> {
  return rowsOf<SourceGroup>(
    tx,
    sql`select g.id, g.external_id as "externalId", g.name, g.connector_id as "connectorId" from ${userGroups} g
      where g.source_id = ${sourceId} and g.external_id is not null and g.archived_at is null order by g.id for no key update`,
  )
}

/** Which of these names groups have that are not of the source, in small letters. */
export async function namesOfOthers(db: DbOrTx, sourceId: string, names: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ name: string }>(
    db,
    sql`select lower(g.name) as name from ${userGroups} g where g.archived_at is null
      and g.source_id is distinct from ${sourceId}
      and lower(g.name) in (select lower(t) from jsonb_array_elements_text(${asJson(names)}) t)`,
  )
  return rows.map(({ name }) => name)
}

export async function saveGroups(
  tx: DbOrTx,
  sourceId: string,
  groups: readonly { id: string; externalId: string; name: string }[],
): Promise<void> {
  await tx.execute(sql`insert into ${userGroups} (id, name, source_id, external_id)
    select n.id, n.name, ${sourceId}::uuid, n."externalId"
    from jsonb_to_recordset(${asJson(groups)}) as n(id uuid, name text, "externalId" text)
    on conflict (id) do update set name = excluded.name, updated_at = now()`)
}

export async function membersOfGroups(db: DbOrTx, groupIds: readonly string[]): Promise<MembershipIds[]> {
  return rowsOf<MembershipIds>(
    db,
    sql`select m.group_id as "groupId", m.user_id as "userId" from ${groupMembers} m
      where m.group_id = any(${idList(groupIds)})`,
  )
}
