/**
 * What connected systems were told, and what of it is not as it should be there. No lock is held while a system is called:
 * each call has an id, and one that ends after another has begun leaves the membership unsure, to be told again.
 */
import { randomUUID } from 'node:crypto'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import { type DbOrTx, rowsOf } from '../../platform/db/columns.ts'
import { grants } from '../grants/grants.table.ts'
import { accessRequests } from '../requests/requests.table.ts'
import { activeMembers, isHeld, type MembershipIds } from './memberships.repository.ts'
import { type Told, toldMemberships } from './memberships.table.ts'

/** One person in one group at one connected system. */
export interface Place extends MembershipIds {
  connectorId: string
}

export type Verb = 'add' | 'remove'

/** A call that has begun, and what stood there before. */
export interface BegunCall {
  id: string
  before: { told: Told; isSure: boolean } | undefined
}

const key = [toldMemberships.connectorId, toldMemberships.groupId, toldMemberships.userId]

const isPlace = ({ connectorId, groupId, userId }: Place) =>
  and(
    eq(toldMemberships.connectorId, connectorId),
    eq(toldMemberships.groupId, groupId),
    eq(toldMemberships.userId, userId),
  )

const idsOf = ({ connectorId, groupId, userId }: Place): Place => ({ connectorId, groupId, userId })

/** What the system was last told of them; undefined when nothing of it is left there. */
export async function findTold(db: DbOrTx, place: Place): Promise<Told | undefined> {
  const [row] = await db.select({ told: toldMemberships.told }).from(toldMemberships).where(isPlace(place))
  return row?.told
}

/** To be committed before the system is called. */
export async function beginCall(
  db: DbOrTx,
  place: Place,
  { verb, told }: { verb: Verb; told: Told },
): Promise<BegunCall> {
  const id = randomUUID()
  return db.transaction(async (tx) => {
    const [before] = await tx
      .select({ told: toldMemberships.told, isSure: toldMemberships.isSure })
      .from(toldMemberships)
      .where(isPlace(place))
      .for('update')
    const begun = { isSure: false, call: id, begunAt: sql`clock_timestamp()` }
    await tx
      .insert(toldMemberships)
      .values({ ...idsOf(place), told, ...begun })
      .onConflictDoUpdate({
        target: key,
        set: { ...begun, ...(verb === 'add' && { told }) },
      })
    return { id, before }
  })
}

/** The system has done it. */
export async function endCall(
  db: DbOrTx,
  place: Place,
  { call, verb, told }: { call: BegunCall; verb: Verb; told: Told },
): Promise<void> {
  const isLast = and(isPlace(place), eq(toldMemberships.call, call.id))
  const settled = { isSure: true, call: null, failures: 0, error: null, tryAt: null }
  const ended = await (verb === 'remove'
    ? db.delete(toldMemberships).where(isLast).returning({ call: toldMemberships.call })
    : db.update(toldMemberships).set(settled).where(isLast).returning({ call: toldMemberships.call }))
  if (ended.length === 0) await leaveUnsure(db, place, told)
}

/** The system has not done it, or nobody knows. @param isRefused it has said so: all is as it was */
export async function failCall(
  db: DbOrTx,
  place: Place,
  { call, told, isRefused }: { call: BegunCall; told: Told; isRefused: boolean },
): Promise<void> {
  const isLast = and(isPlace(place), eq(toldMemberships.call, call.id))
  if (!isRefused) return leaveUnsure(db, place, told)
  await (call.before
    ? db
        .update(toldMemberships)
        .set({ ...call.before, call: null })
        .where(isLast)
    : db.delete(toldMemberships).where(isLast))
}

/**
 * Another call has begun meanwhile, nobody knows what has become of this one, or what was told does not hold any more: it is
 * looked at again soon.
 */
export async function leaveUnsure(db: DbOrTx, place: Place, told: Told): Promise<void> {
  const unsure = { isSure: false, call: null }
  await db
    .insert(toldMemberships)
    .values({ ...idsOf(place), told, ...unsure })
    .onConflictDoUpdate({
      target: key,
      set: unsure,
    })
}

const firstPauseMs = 5_000
const longestPauseMs = 3_600_000

/** Tried again after a pause that doubles up to an hour. @returns whether it is the first failure in a row */
export async function noteFailure(
  db: DbOrTx,
  place: Place,
  { told, error }: { told: Told; error: string },
): Promise<boolean> {
  const pause = sql`least(${longestPauseMs}, ${firstPauseMs} * power(2, least(${toldMemberships.failures}, 20))) * interval '1 millisecond'`
  const [row] = await db
    .insert(toldMemberships)
    .values({
      ...idsOf(place),
      told,
      failures: 1,
      error,
      tryAt: sql`clock_timestamp() + ${firstPauseMs} * interval '1 millisecond'`,
    })
    .onConflictDoUpdate({
      target: key,
      set: { failures: sql`${toldMemberships.failures} + 1`, error, tryAt: sql`clock_timestamp() + ${pause}` },
    })
    .returning({ failures: toldMemberships.failures })
  return row?.failures === 1
}

export interface Unsettled extends Place {
  verb: Verb
}

/** Which memberships are looked at: those of a system, a group, a person, or one of them. */
export type Scope = Partial<Place> & {
  /** Only what was left unsure, or has failed: what can be looked for every few seconds. */
  isNoted?: boolean
}

/** A call that has not ended by then was cut off: its process is gone. */
const longestCall = sql`interval '1 minute'`

const within = ({ connectorId, groupId, userId }: Scope) => sql`true
    ${connectorId ? sql`and connector_id = ${connectorId}` : sql``}
    ${groupId ? sql`and group_id = ${groupId}` : sql``}
    ${userId ? sql`and user_id = ${userId}` : sql``}`

/** Those whom a system has to have, and of whom it was not told. */
const missing = (scope: Scope) => sql`
  select connector_id, group_id, user_id, 'add' as verb from (
    select m.connector_id, m.group_id, m.user_id from (${activeMembers}) m
    union
    select g.connector_id, g.group_id, g.user_id from ${grants} g
      where g.connector_id is not null and g.ended_at is null and g.ending is null) wanted
  where ${within(scope)} and not exists (select 1 from ${toldMemberships} t
    where t.connector_id = wanted.connector_id and t.group_id = wanted.group_id and t.user_id = wanted.user_id)`

/** Those of whom it was told, and whom it has not to have, or of whom nobody knows whether it has them. */
const differing = (scope: Scope) => sql`
  select connector_id, group_id, user_id, case when is_wanted then 'add' else 'remove' end as verb from (
    select t.*, ${isHeld(sql`t`)} as is_wanted from ${toldMemberships} t
    where (t.call is null or t.begun_at < clock_timestamp() - ${longestCall})
      and (t.try_at is null or t.try_at <= clock_timestamp())
      ${scope.isNoted ? sql`and (not t.is_sure or t.try_at is not null)` : sql``}) told
  where ${within(scope)} and (not is_wanted or not is_sure)`

/**
 * Memberships at connected systems that are not as they should be. Left out is what somebody sees to: a call that goes on,
 * a grant that is being taken away, a request that asks or takes back what it has asked for. One in Error does neither.
 */
function unsettled(scope: Scope): SQL {
  const found = scope.isNoted ? differing(scope) : sql`${differing(scope)} union all ${missing(scope)}`
  return sql`(select d.* from (${found}) d
    where not exists (select 1 from ${grants} g where g.connector_id = d.connector_id and g.group_id = d.group_id
        and g.user_id = d.user_id and g.ended_at is null and g.ending is not null)
      and not exists (select 1 from ${accessRequests} r where r.requester_id = d.user_id and r.status <> 'error'
        and r.state #>> '{flow,groupId}' = d.group_id::text and r.state -> 'askedConnectors' ? d.connector_id::text)) u`
}

/** A page of them. */
export async function listUnsettled(
  db: DbOrTx,
  scope: Scope,
  { after, limit }: { after?: Place | undefined; limit: number },
): Promise<Unsettled[]> {
  const beyond = after
    ? sql`where (u.connector_id, u.group_id, u.user_id) > (${after.connectorId}::uuid, ${after.groupId}::uuid, ${after.userId}::uuid)`
    : sql``
  return rowsOf<Unsettled>(
    db,
    sql`select u.connector_id as "connectorId", u.group_id as "groupId", u.user_id as "userId", u.verb
      from ${unsettled(scope)} ${beyond} order by u.connector_id, u.group_id, u.user_id limit ${limit}`,
  )
}

/** Systems of which something is not as it should be. */
export async function systemsUnsettled(db: DbOrTx, scope: Scope): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(db, sql`select distinct u.connector_id as id from ${unsettled(scope)}`)
  return rows.map(({ id }) => id)
}
