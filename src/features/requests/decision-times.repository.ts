/**
 * How long requests take from submission to grant or denial: median and p90, of all and of each flow.
 *
 * Up to 5,000 decisions are looked at one by one. Of more, the times are taken from sums by classes: median and p90 are then
 * within 5 % of what they are (those below a second count as one), and the number of decisions is exact.
 */
import { type SQL, sql } from 'drizzle-orm'
import type { Queue } from '../../domain/request/record.ts'
import { type DbOrTx, rowsOf } from '../../platform/db/columns.ts'
import { approvalFlows } from '../flows/flows.table.ts'
import { decisionTimeChanges, decisionTimes } from './decision-times.table.ts'
import { accessRequests, isDecidedRow } from './requests.table.ts'

export interface Spans {
  decisions: number
  medianSeconds: number | null
  p90Seconds: number | null
}

export interface TimesToDecision extends Spans {
  /** Those with the slowest p90, the slowest first. */
  flows: (Spans & { id: string; name: string; queue: Queue })[]
}

/** Most decisions that are looked at one by one, and most flows that are listed. */
const usual = { oneByOne: 5000, flows: 20 }

/** Of decisions from `begin` (RFC 3339) on, at most 366 days ago. */
export async function readTimesToDecision(
  db: DbOrTx,
  begin: string,
  oneByOne = usual.oneByOne,
): Promise<TimesToDecision> {
  const decided = sql`${accessRequests} where ${isDecidedRow} and updated_at >= ${begin}::timestamptz`
  const [found] = await rowsOf<{ count: number }>(
    db,
    sql`select count(*)::int as count from (select from ${decided} limit ${oneByOne + 1}) as decided`,
  )
  const isExact = (found?.count ?? 0) <= oneByOne
  const exact = sql`select flow_id, queue, date_part('epoch', updated_at - created_at), 1 from ${decided}`
  const rows = await rowsOf<SpansRow>(db, spansOf(isExact ? exact : byClasses(begin)))
  const { decisions, medianSeconds, p90Seconds } = rows.find(({ id }) => id === null) ?? none
  const flows = rows.filter((row): row is SpansRow & { id: string } => row.id !== null)
  return { decisions, medianSeconds, p90Seconds, flows }
}

/** Adds the changes so far to the sums, and removes those of months that nobody asks for any more. */
export async function sumUpDecisionTimes(db: DbOrTx): Promise<void> {
  const oldest = sql`(date_trunc('month', now() at time zone 'UTC') - interval '12 months')`
  await db.execute(sql`
    with taken as (delete from ${decisionTimeChanges} returning month, flow_id, queue, time_class, change)
    insert into ${decisionTimes} (since, flow_id, queue, time_class, count)
    select since, flow_id, queue, time_class, sum(change) from taken
      cross join lateral generate_series(${oldest}, month::timestamp, interval '1 month') as since
    group by since, flow_id, queue, time_class having sum(change) <> 0
    order by since, flow_id, queue, time_class
    on conflict (since, flow_id, queue, time_class) do update set count = ${decisionTimes}.count + excluded.count`)
  await db.execute(sql`delete from ${decisionTimes} where since < ${oldest}`)
}

type SpansRow = Spans & { id: string | null; name: string; queue: Queue }
const none: Spans = { decisions: 0, medianSeconds: null, p90Seconds: null }

/** Whole months from sums, with what has changed since; what is before them from the requests. */
function byClasses(begin: string): SQL {
  const from = new Date(begin)
  const since = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1)).toISOString()
  const month = sql`${since.slice(0, 10)}::date`
  return sql`select flow_id, queue, 2 ^ (time_class / 8::float8), count from (
      select flow_id, queue, time_class, count from ${decisionTimes} where since = ${month}
      union all select flow_id, queue, time_class, change from ${decisionTimeChanges} where month >= ${month}
      union all select flow_id, queue, time_class(created_at, updated_at), 1 from ${accessRequests}
        where ${isDecidedRow} and updated_at >= ${begin}::timestamptz and updated_at < ${since}::timestamptz) as classes`
}

/**
 * The spans of each flow, and of all under the id null.
 * @param times rows of flow, queue, seconds, and how many decisions took so long
 */
const spansOf = (times: SQL) => sql`
  with times (flow_id, queue, seconds, count) as (${times}),
  each as (
    select flow_id, seconds, sum(count)::int as count, (sum(count) filter (where queue = 'administrator'))::int as of_administrators
    from times group by grouping sets ((flow_id, seconds), (seconds)) having sum(count) > 0),
  lined_up as (
    select *, sum(count) over (partition by flow_id order by seconds) as up_to, sum(count) over (partition by flow_id) as decisions
    from each),
  spans as (
    select flow_id, max(decisions)::int as decisions, ${quantile('0.5')} as median, ${quantile('0.9')} as p90,
      case when 2 * sum(of_administrators) >= max(decisions) then 'administrator' else 'others' end as queue
    from lined_up group by flow_id)
  select spans.flow_id as id, queue, decisions, median as "medianSeconds", p90 as "p90Seconds",
    coalesce(name, case when spans.flow_id is not null then ${nameInRequests} end) as name
  from spans left join ${approvalFlows} as flows on flows.id = spans.flow_id
  order by spans.flow_id is not null, p90 desc, spans.flow_id limit ${1 + usual.flows}`

/** Of a flow that a restored database does not have. */
const nameInRequests = sql`(select flow_name from ${accessRequests} r where r.flow_id = spans.flow_id limit 1)`

/** As `percentile_cont` has it: between the two that stand nearest to that share of the way. */
function quantile(share: string): SQL {
  const place = (decisions: string) => sql.raw(`(${share}::float8 * (${decisions} - 1))`)
  const at = (round: 'floor' | 'ceil') =>
    sql`min(seconds) filter (where up_to > ${sql.raw(round)}(${place('decisions')}))`
  const last = place('max(decisions)')
  return sql`${at('floor')} + (${at('ceil')} - ${at('floor')}) * (${last} - floor(${last}))`
}
