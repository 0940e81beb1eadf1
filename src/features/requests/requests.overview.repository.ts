/** The queue in numbers: what is open, how fast it is decided, and who holds it. */
import { and, eq, gte, inArray, sql } from 'drizzle-orm'
import type { Queue } from '../../domain/request/record.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { users } from '../directory/users/users.table.ts'
import { approvalFlows } from '../flows/flows.table.ts'
import { ages, type Overview, type OverviewQuery } from './requests.overview.schemas.ts'
import { accessRequests, isOpenRow as isOpen } from './requests.table.ts'

/** Most flows and people that are listed. */
const most = 20

const count = sql<number>`count(*)::int`

const decidedAt = sql`(${accessRequests.record} -> 'decision' ->> 'at')::timestamptz`
const seconds = sql`extract(epoch from ${decidedAt} - ${accessRequests.createdAt})`
const spans = {
  decisions: count,
  medianSeconds: sql<number | null>`(percentile_cont(0.5) within group (order by ${seconds}))::float8`,
  p90Seconds: sql<number | null>`(percentile_cont(0.9) within group (order by ${seconds}))::float8`,
}

/** A row for each person whom current steps of an open request wait for, and since when. */
const waits = sql`(
  select (approver ->> 'id')::uuid as person_id, min((step ->> 'currentSince')::timestamptz) as since
  from jsonb_array_elements(${accessRequests.record} -> 'steps') as step
  cross join lateral jsonb_array_elements(step -> 'approvers') as approver
  where step ->> 'state' = 'current'
  group by 1
) as waits`

const held = (since: ReturnType<typeof sql>) => ({
  waiting: count,
  since: sql<string>`min(${since})`.mapWith(accessRequests.createdAt),
  requestId: sql<string>`(array_agg(${accessRequests.id} order by ${since}, ${accessRequests.id}))[1]`,
})

async function readOpen(db: DbOrTx, timeZone: string): Promise<Overview['open']> {
  const days = sql`(now() at time zone ${timeZone})::date - (${accessRequests.createdAt} at time zone ${timeZone})::date`
  const [, ...later] = [...ages]
  const age = sql<Overview['open'][number]['fromDays']>`(array[${sql.join([...ages], sql`, `)}]::int[])[
    1 + width_bucket(greatest(${days}, 0), array[${sql.join(later, sql`, `)}]::int[])
  ]`
  const { status, queue } = accessRequests
  const rows = db
    .select({ fromDays: age.as('from_days'), status, queue })
    .from(accessRequests)
    .where(isOpen)
    .as('open_requests')
  return db
    .select({ fromDays: rows.fromDays, status: rows.status, queue: rows.queue, count })
    .from(rows)
    .groupBy(rows.fromDays, rows.status, rows.queue)
    .orderBy(rows.fromDays, rows.status, rows.queue) as Promise<Overview['open']>
}

async function readTimeToDecision(db: DbOrTx, days: number): Promise<Overview['timeToDecision']> {
  const begin = new Date(Date.now() - days * 86_400_000).toISOString()
  const isDecided = and(
    inArray(accessRequests.status, ['approved', 'denied']),
    eq(accessRequests.approvalType, 'manual'),
    // Nothing changes after the decision but its outcome: spares the look into older records.
    gte(accessRequests.updatedAt, begin),
    sql`${decidedAt} >= ${begin}::timestamptz`,
  )
  const [[all], flows] = await Promise.all([
    db.select(spans).from(accessRequests).where(isDecided),
    db
      .select({
        id: accessRequests.flowId,
        name: sql<string>`coalesce(max(${approvalFlows.name}), max(${accessRequests.flowName}))`,
        queue: sql<Queue>`mode() within group (order by ${accessRequests.queue})`,
        ...spans,
      })
      .from(accessRequests)
      .leftJoin(approvalFlows, eq(approvalFlows.id, accessRequests.flowId))
      .where(isDecided)
      .groupBy(accessRequests.flowId)
      .orderBy(sql`${spans.p90Seconds} desc`, accessRequests.flowId)
      .limit(most),
  ])
  return { decisions: 0, medianSeconds: null, p90Seconds: null, ...all, flows }
}

async function readAdministrators(db: DbOrTx): Promise<Overview['administrators']> {
  const since = sql`coalesce(
    (select min((step ->> 'currentSince')::timestamptz) from jsonb_array_elements(${accessRequests.record} -> 'steps') as step),
    ${accessRequests.createdAt}
  )`
  const [row] = await db
    .select(held(since))
    .from(accessRequests)
    .where(and(eq(accessRequests.queue, 'administrator'), eq(accessRequests.status, 'pending')))
  return row && row.waiting > 0 ? row : null
}

async function readHolders(db: DbOrTx): Promise<Overview['holders']> {
  const since = sql`waits.since`
  const { id, name, email } = users
  return (
    db
      .select({ id, name, email, ...held(since) })
      .from(accessRequests)
      .crossJoinLateral(waits)
      .innerJoin(users, sql`${users.id} = waits.person_id`)
      // Those who have decided already are no longer awaited.
      .where(and(isOpen, sql`${accessRequests.awaitedIds} @> array[waits.person_id]`))
      .groupBy(users.id)
      .orderBy(sql`min(${since})`, users.id)
      .limit(most)
  )
}

export async function readOverview(db: DbOrTx, { days, timeZone }: OverviewQuery): Promise<Overview> {
  const [open, timeToDecision, administrators, holders] = await Promise.all([
    readOpen(db, timeZone),
    readTimeToDecision(db, days),
    readAdministrators(db),
    readHolders(db),
  ])
  return { open, timeToDecision, administrators, holders }
}
