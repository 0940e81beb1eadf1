/** What the bench fills a database with: people, groups and flows, and what each request is about. All but those is in `bench`. */
import { getTableName } from 'drizzle-orm'
import type postgres from 'postgres'
import { approversOf, duration, flowKinds, flowsOf, groupsOf, peopleOf, reasonsOf } from './company.ts'
import { type Mark, templatesOf } from './templates.ts'

const flowCount = 200
const groupCount = 300
/** How many requests of the last 29 days are open, at most. */
const openAtMost = 400
/** Stands in the reasons of twenty requests and nowhere else. */
export const rareWord = 'xqz'

/** People, groups and flows, and numbers for them in `bench`. */
export async function fillDirectory(sql: postgres.Sql, count: number): Promise<void> {
  const people = peopleOf(Math.max(500, Math.ceil(count / 50)))
  const groups = groupsOf(groupCount).map((name) => ({ name }))
  const flows = flowsOf(flowCount, people.length / 100)
  await numbered(sql, {
    name: 'people',
    rows: people,
    columns: 'name text, email text, department text, "jobTitle" text, manager int, "isAdministrator" bool',
  })
  await numbered(sql, { name: 'groups', rows: groups, columns: 'name text' })
  await numbered(sql, {
    name: 'flows',
    rows: flows,
    columns: 'name text, description text, kind text, "isTimed" bool, "group" int, owner int',
  })
  await sql`insert into users (id, name, email, department, job_title, manager_id, roles)
    select p.id, p.name, p.email, p.department, p."jobTitle", m.id, case when p."isAdministrator" then '{admin}' else '{}' end::text[]
    from bench.people p join bench.people m on m.n = p.manager`
  await sql`insert into user_groups (id, name) select id, name from bench.groups`
  await sql`insert into group_members (group_id, user_id)
    select g.id, p.id from bench.people p cross join generate_series(1, 2) k join bench.groups g on g.n = (p.n * 31 + k * 97) % ${groupCount}::int`
  const flowRows = await sql`select f.id, f.name, f.description, f.kind, f."isTimed", g.id as group_id, o.id as owner_id
    from bench.flows f join bench.groups g on g.n = f."group" join bench.people o on o.n = f.owner`
  for (const { id, name, description, kind, isTimed, group_id, owner_id } of flowRows) {
    const [approvalType, requirement] = [
      kind === 'automatic' ? 'automatic' : 'manual',
      kind === 'sequential' ? 'sequential' : 'any',
    ]
    await sql`insert into approval_flows (id, name, description, group_id, approval_type, approval_requirement, approvers, durations)
      values (${id}, ${name}, ${description}, ${group_id}, ${approvalType}, ${requirement},
        ${sql.json(JSON.parse(JSON.stringify(approversOf(kind, owner_id))))}, ${isTimed ? [duration] : []})`
  }
  // Mails of three years are there; the service would begin to remove them.
  await sql`insert into settings (id, sent_mail_days, requests_per_hour, requests_per_hour_to_flow) values (1, 3650, 0, 0)
    on conflict (id) do update set sent_mail_days = 3650, requests_per_hour = 0, requests_per_hour_to_flow = 0`
}

async function numbered(
  sql: postgres.Sql,
  { name, columns, rows }: { name: string; columns: string; rows: readonly object[] },
): Promise<void> {
  const list = rows.map((row, n) => ({ n, ...row }))
  await sql.unsafe(
    `create table bench.${name} as select uuidv7(-interval '1100 days') as id, r.* from jsonb_to_recordset($1::text::jsonb) as r(n int, ${columns})`,
    [JSON.stringify(list)],
  )
  await sql.unsafe(`alter table bench.${name} add primary key (n)`)
}

async function fillTemplates(sql: postgres.Sql): Promise<void> {
  const templates = flowKinds.flatMap((kind) => [false, true].flatMap((isTimed) => templatesOf(kind, isTimed)))
  const ways = templates.map(({ kind, isTimed, isOpen, outcome }, index) => {
    return { kind, isTimed, isOpen, outcome, upTo: shareUpTo(templates, index) }
  })
  const rows = templates.flatMap((template, way) =>
    template.rows.map(({ table, body, moment }) => ({ way, table: getTableName(table), body, moment })),
  )
  await numbered(sql, {
    name: 'ways',
    rows: ways,
    columns: 'kind text, "isTimed" bool, "isOpen" bool, outcome text, "upTo" float8',
  })
  await numbered(sql, { name: 'rows', rows: rows, columns: 'way int, "table" text, body text, moment text' })
  const reasons = reasonsOf(5000).map((reason) => ({ reason }))
  await numbered(sql, { name: 'reasons', rows: reasons, columns: 'reason text' })
}

/** The share of this way and of those of the same flows before it. */
function shareUpTo(ways: { kind: string; isTimed: boolean; isOpen: boolean; share: number }[], index: number): number {
  const way = ways[index]
  if (!way) throw new Error('no such way')
  return ways
    .slice(0, index + 1)
    .filter(({ kind, isTimed, isOpen }) => kind === way.kind && isTimed === way.isTimed && isOpen === way.isOpen)
    .reduce((sum, { share }) => sum + share, 0)
}

/**
 * What each request is about: who, which flow, which way, when. A few people and flows have many of them. Open are some of
 * the last 29 days, each of another person; what is closed was closed before now.
 */
export async function plan(sql: postgres.Sql, count: number): Promise<void> {
  await fillTemplates(sql)
  const open = Math.min(openAtMost, Math.floor(count / 20))
  await sql`select setseed(0.25)`
  await sql.unsafe(`
    create table bench.plan as
    with drawn as materialized (
      select i, i > ${count - open} as is_open, random() as way, random() as requester, power(random(), 1.6) as flow, random() as reason,
        random() as second, random() as delay, random() as revoked,
        case when i > ${count - open} then now() - interval '29 days' * random()
          else now() - interval '1095 days' * (1 - i::float8 / ${count - open}) - interval '3 hours' * random() end as created
      from generate_series(1, ${count}) i),
    people as materialized (select count(*)::int as people from bench.people),
    dated as materialized (
      select d.*, f.n as flow_n, f.kind, f."isTimed" as is_timed, people / 10 as managers, people - people / 10 as askers,
        case when f.kind = 'automatic' then created + interval '1 second'
          else least(created + interval '8 hours' * -ln(1 - delay * 0.999), greatest(now() - interval '1 minute', created)) end as decided
      from drawn d cross join people join bench.flows f on f.n = floor(d.flow * ${flowCount})::int)
    select i, uuidv7(d.created - now()) as id, w.n as way, w.outcome, d.is_timed, d.created, d.created + (d.decided - d.created) / 2 as step_decided,
      d.decided, d.revoked, d.flow_n, uuidv7(d.decided - now()) as grant_id,
      managers + case when is_open then (i % askers)::int else floor(power(requester, 1.5) * askers)::int end as requester_n,
      r.reason || case when second < 0.3 then ' ' || s.reason when second < 0.7 then ' INC-' || floor(second * 1e7)::int else '' end
        || case when i % ${Math.floor(count / 20)} = 7 then ' ${rareWord}' else '' end as reason
    from dated d
    join bench.reasons r on r.n = floor(d.reason * 5000)::int
    join bench.reasons s on s.n = floor(d.second / 0.3 * 5000)::int % 5000
    cross join lateral (
      select n, outcome from bench.ways w
      where w.kind = d.kind and w."isTimed" = d.is_timed and w."isOpen" = d.is_open
        -- What would expire only later has been approved.
        and w."upTo" > d.way * case when not d.is_open and d.created > now() - interval '31 days' then 0.59 else 0.9999 end
      order by w."upTo" limit 1) w`)
  await sql.unsafe('alter table bench.plan add primary key (i)')
  await sql.unsafe(`create view bench.filled as
    select p.i, p.way, ${Object.entries(valueOf)
      .map(([mark, value]) => `${value} as "${mark}"`)
      .join(', ')}
    from bench.plan p join bench.people r on r.n = p.requester_n join bench.people m on m.n = r.manager
    join bench.flows f on f.n = p.flow_n join bench.groups g on g.n = f."group" join bench.people o on o.n = f.owner
    join bench.people a on a.n = p.i % 30`)
  await sql.unsafe('analyze bench.plan, bench.people, bench.flows, bench.groups, bench.rows')
}

const iso = (moment: string) => `to_char(${moment}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
export const life = `interval '30 days'`
export type RowMark = 'rowId' | 'seq' | 'previousHash' | 'hash' | 'personalDigest' | 'personalKey'

/** What a mark is replaced by, in the order of the marks. */
const valueOf: Record<Exclude<Mark, RowMark>, string> = {
  requestId: 'p.id',
  requesterId: 'r.id',
  requesterName: 'r.name',
  requesterEmail: 'r.email',
  department: 'r.department',
  managerId: 'm.id',
  managerName: 'm.name',
  managerEmail: 'm.email',
  ownerId: 'o.id',
  ownerName: 'o.name',
  ownerEmail: 'o.email',
  administratorId: 'a.id',
  administratorName: 'a.name',
  administratorEmail: 'a.email',
  flowId: 'f.id',
  flowName: 'f.name',
  flowDescription: 'f.description',
  groupId: 'g.id',
  grantId: 'p.grant_id',
  reason: 'p.reason',
  clientIp: `'10.' || p.requester_n % 200 || '.' || p.i % 250 || '.' || p.i % 199`,
  created: iso('p.created'),
  stepDecided: iso('p.step_decided'),
  decided: iso('p.decided'),
  createdAndLife: iso(`p.created + ${life}`),
  stepDecidedAndLife: iso(`p.step_decided + ${life}`),
  decidedAndLife: iso(`p.decided + ${life}`),
}

/** When a row of the template `t` was written. */
export const momentOf = `case t.moment when 'created' then p.created when 'stepDecided' then p.step_decided
  when 'decided' then p.decided else p.created + ${life} end`
