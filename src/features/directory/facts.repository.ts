/** Reads what requests are judged by: requester, people of every approver rule, who acts, flow and target. One statement. */
import { type SQL, sql } from 'drizzle-orm'
import { type ApproverRule, type ApproverSource, sourceOf } from '../../domain/flow/flow.ts'
import type { DirectoryFacts, DirectoryPerson, RuleFacts } from '../../domain/request/approvers.ts'
import type { ActingUser, Facts } from '../../domain/request/facts.ts'
import { type AccountAct, type FourEyes, tieLasts } from '../../domain/request/four-eyes.ts'
import type { FlowSnapshot, HeldAccess } from '../../domain/request/record.ts'
import type { Person } from '../../domain/shared/person.ts'
import { type DbOrTx, idList } from '../../platform/db/columns.ts'

interface PersonRow extends Person {
  state: string
}

interface DirectoryRow {
  requester: (PersonRow & { department: string | null; manager: PersonRow | null }) | null
  people: PersonRow[] | null
  groups: { id: string; name: string; members: PersonRow[] | null }[] | null
  administrators: PersonRow[] | null
}

interface FactsRow extends DirectoryRow {
  actor: (PersonRow & { roles: string[]; act?: AccountAct | null }) | null
  flow: { enabled: boolean; deleted: boolean; connectorId: string | null } | null
  target: { name: string; connectorId: string | null } | null
  removals: number
  /** `until` is `infinity` when it has no end. */
  held: { since: string; until: string } | null
}

export interface DirectoryQuery {
  requesterId: string
  approvers: readonly ApproverRule[]
}

function toPerson({ id, name, email, state }: PersonRow): DirectoryPerson {
  return { id, name, email, activated: state === 'activated' }
}

const person = (alias: string) =>
  sql.raw(`'id', ${alias}.id, 'name', ${alias}.name, 'email', ${alias}.email, 'state', ${alias}.state`)

const administrators = sql`(select json_agg(json_build_object(${person('a')}) order by a.name, a.id)
  from users a where 'admin' = any(a.roles) and a.state = 'activated')`

/**
 * What stays as it is until the transaction ends. `requester`: a suspension comes before or after. `all`: so does every
 * change of the approvers; for new requests, which nobody could tell of a change that happens meanwhile.
 */
type Lock = 'none' | 'requester' | 'all'

function directoryColumns({ requesterId, approvers }: DirectoryQuery, lock: Lock): SQL {
  const locked = (...which: Lock[]) => (which.includes(lock) ? sql`for share` : sql``)
  const wantsAdministrators = approvers.some((rule) => sourceOf(rule) === 'administrators')
  return sql`
    (select json_build_object(${person('r')}, 'department', r.department, 'manager',
        (select json_build_object(${person('m')}) from users m where m.id = r.manager_id ${locked('all')}))
      from users r where r.id = ${requesterId} ${locked('requester', 'all')}) as requester,
    (select json_agg(json_build_object(${person('p')})) from
      (select * from users where id = any(${idList(approvers.flatMap(({ userId }) => userId ?? []))}) order by id ${locked('all')}) p) as people,
    (select json_agg(json_build_object('id', g.id, 'name', g.name, 'members',
        (select json_agg(json_build_object(${person('u')}) order by u.name, u.id) from users u where u.id in (
          select user_id from group_members where group_id = g.id
          union select user_id from grants where group_id = g.id and ended_at is null))))
      from (select * from user_groups where archived_at is null and id = any(${idList(approvers.flatMap(({ groupId }) => groupId ?? []))}) order by id ${locked('all')}) g) as groups,
    ${wantsAdministrators ? administrators : sql`null`} as administrators`
}

function toDirectoryFacts(row: DirectoryRow, approvers: readonly ApproverRule[]): DirectoryFacts {
  const people = new Map(row.people?.map((one) => [one.id, toPerson(one)]))
  const groups = new Map(row.groups?.map((group) => [group.id, group]))
  const manager = row.requester?.manager ? toPerson(row.requester.manager) : undefined
  const none: RuleFacts = { found: false, name: '', people: [] }
  const one = (found: DirectoryPerson | undefined): RuleFacts =>
    found ? { found: true, name: found.name, people: [found] } : none
  const group = (id: string): RuleFacts => {
    const found = groups.get(id)
    return found ? { found: true, name: found.name, people: (found.members ?? []).map(toPerson) } : none
  }
  const factsOf: Record<ApproverSource, (rule: ApproverRule) => RuleFacts> = {
    administrators: () => ({
      found: true,
      name: 'Administrators',
      people: (row.administrators ?? []).map(toPerson),
    }),
    manager: () => one(manager),
    user: ({ userId }) => one(people.get(userId ?? '')),
    group: ({ groupId }) => group(groupId ?? ''),
  }
  return { requester: requesterOf(row), rules: approvers.map((rule) => factsOf[sourceOf(rule)](rule)) }
}

function requesterOf({ requester }: DirectoryRow): DirectoryFacts['requester'] {
  if (!requester) return null
  const { id, name, email, department, state, manager } = requester
  return {
    id,
    name,
    email,
    department,
    manager: manager && { id: manager.id, name: manager.name, email: manager.email },
    activated: state === 'activated',
  }
}

/** The facts for these approver rules and this requester. */
export async function readDirectoryFacts(db: DbOrTx, query: DirectoryQuery): Promise<DirectoryFacts> {
  const rows = await db.execute(sql`select ${directoryColumns(query, 'none')}`)
  return toDirectoryFacts(firstOf<DirectoryRow>(rows), query.approvers)
}

/** Every activated administrator, by name. */
export async function readAdministrators(db: DbOrTx): Promise<DirectoryPerson[]> {
  const rows = await db.execute(sql`select ${administrators} as administrators`)
  return (firstOf<DirectoryRow>(rows).administrators ?? []).map(toPerson)
}

/** Who acts, as the directory knows them; null for nobody. */
export async function readActor(db: DbOrTx, userId: string): Promise<ActingUser | null> {
  const rows = await db.execute(sql`select ${actorColumn(userId)}`)
  return toActor(firstOf<FactsRow>(rows))
}

function actorColumn(userId: string | null, requesterId: string | null = null): SQL {
  return sql`(select json_build_object(${person('w')}, 'roles', w.roles, 'act',
      (select act from account_acts where actor_id = ${requesterId}::uuid and user_id = w.id
        and created_at > now() - ${tieLasts}::interval order by created_at desc limit 1))
    from users w where w.id = ${userId}::uuid) as actor`
}

function toActor({ actor }: FactsRow, fourEyes: FourEyes = 'off'): ActingUser | null {
  if (!actor) return null
  const { id, name, email, state, roles, act } = actor
  const tie = act && fourEyes !== 'off' ? { tie: { act, isForbidden: fourEyes === 'require' } } : {}
  return { id, name, email, activated: state === 'activated', isAdministrator: roles.includes('admin'), ...tie }
}

/**
 * Everything that a move of a request is judged by. Requester and flow stay as they are until the transaction ends: a
 * suspension or the closing of the flow comes either before this reading or after whatever is written from it.
 */
export async function readFacts(
  tx: DbOrTx,
  { flow, requesterId }: { flow: Pick<FlowSnapshot, 'id' | 'groupId' | 'approvers'>; requesterId: string },
  {
    actorId = null,
    lock = 'requester',
    fourEyes = 'off',
  }: { actorId?: string | null; lock?: Lock; fourEyes?: FourEyes } = {},
): Promise<Facts> {
  const rows = await tx.execute(sql`select
    ${directoryColumns({ requesterId, approvers: flow.approvers }, lock)},
    ${actorColumn(actorId, requesterId)},
    (select json_build_object('enabled', f.enabled, 'deleted', f.deleted_at is not null, 'connectorId', f.connector_id)
      from approval_flows f where f.id = ${flow.id} for share of f) as flow,
    (select json_build_object('name', t.name, 'connectorId', t.connector_id)
      from user_groups t where t.id = ${flow.groupId} and t.archived_at is null) as target,
    coalesce((select count from membership_removals
      where group_id = ${flow.groupId} and user_id = ${requesterId}), 0) as removals,
    ${heldColumn(flow, requesterId)}`)
  const row = firstOf<FactsRow>(rows)
  return {
    ...toDirectoryFacts(row, flow.approvers),
    actor: toActor(row, fourEyes),
    flow: stateOf(row),
    target: targetOf(row),
  }
}

/** Access that the user has to the flow's group where the flow gives it now. */
function heldColumn({ id, groupId }: Pick<FlowSnapshot, 'id' | 'groupId'>, userId: string): SQL {
  const ofGroup = sql`(select connector_id from user_groups where id = ${groupId})`
  const connector = sql`coalesce((select connector_id from approval_flows where id = ${id}), ${ofGroup})`
  return sql`(select json_build_object('since', min(since), 'until', max(until)) from (
      select m.created_at as since, 'infinity'::timestamptz as until from group_members m
        where m.group_id = ${groupId} and m.user_id = ${userId} and ${ofGroup} is not distinct from ${connector}
      union all
      select g.started_at, coalesce(g.expires_at, 'infinity') from grants g
        where g.user_id = ${userId} and g.group_id = ${groupId} and g.ended_at is null and g.ending is null
          and g.connector_id is not distinct from ${connector}) held
    having count(*) > 0) as held`
}

function toHeld(held: FactsRow['held']): HeldAccess | null {
  if (!held) return null
  const iso = (time: string) => new Date(time).toISOString()
  return { since: iso(held.since), until: held.until === 'infinity' ? null : iso(held.until) }
}

/** What the user has already of the access that this flow gives; null when nothing. */
export async function readHeld(
  db: DbOrTx,
  { flow, userId }: { flow: Pick<FlowSnapshot, 'id' | 'groupId'>; userId: string },
): Promise<HeldAccess | null> {
  return toHeld(firstOf<FactsRow>(await db.execute(sql`select ${heldColumn(flow, userId)}`)).held)
}

function stateOf({ flow }: FactsRow): Facts['flow'] {
  if (!flow || flow.deleted) return 'deleted'
  return flow.enabled ? 'open' : 'disabled'
}

type Connected = { connectorId: string | null } | null

/** Access is given through the flow's own connector, else through that of its group; null is the directory itself. */
function connectorOf(flow: Connected, group: Connected): string | null {
  return flow?.connectorId ?? group?.connectorId ?? null
}

function targetOf({ flow, target, removals, held }: FactsRow): Facts['target'] {
  const connectorId = connectorOf(flow, target)
  return { groupName: target?.name ?? null, connectorId, removals, held: toHeld(held) }
}

/** The connector through which access of this flow is given now; null is the directory itself, or that the flow is gone. */
export async function readConnectorOf(db: DbOrTx, flowId: string): Promise<string | null> {
  const rows = await db.execute(sql`select
    (select json_build_object('connectorId', f.connector_id) from approval_flows f where f.id = ${flowId}) as flow,
    (select json_build_object('connectorId', t.connector_id) from user_groups t
      join approval_flows f on f.group_id = t.id where f.id = ${flowId}) as target`)
  const { flow, target } = firstOf<{ flow: Connected; target: Connected }>(rows)
  return connectorOf(flow, target)
}

function firstOf<Row>(rows: unknown): Row {
  const [row] = rows as Row[]
  if (!row) throw new Error('a statement that always has a row had none')
  return row
}
