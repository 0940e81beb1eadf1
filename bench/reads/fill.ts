/**
 * Fills a database that the bench has made with requests as a company has them after three years, by statements over
 * whole sets. The rows are the product's own (`templates.ts`); the chain of the audit log is not one that verifies.
 */
import { randomBytes } from 'node:crypto'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { macOfHead } from '../../src/features/audit/audit.chain.ts'
import { auditEvents } from '../../src/features/audit/audit.table.ts'
import { sumUpDecisionTimes } from '../../src/features/requests/decision-times.repository.ts'
import { accessRequests } from '../../src/features/requests/requests.table.ts'
import { mails } from '../../src/platform/mail/mail.table.ts'
import type { SecretBox } from '../../src/platform/secrets/secret-box.ts'
import { fillDirectory, plan } from './plan.ts'
import { fillGrants, fillTable } from './rows.ts'

/** Most requests that a database is filled with. */
export const mostRequests = 1_000_000

/** What is known of a database before it is filled. */
export interface Found {
  host: string
  /** The mark that the bench has left in it, when there is one. */
  mark: string | null
  requests: number
}

/** Why this database is not filled with `count` requests, or nothing. @param mark that the bench has left in its own */
export function refusal({ host, mark: found, requests }: Found, mark: string, count: number): string | undefined {
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(host)) return `${host} is another machine`
  if (found !== mark) return 'the bench has not made this database'
  if (requests > 0) return 'it holds requests already'
  if (!Number.isInteger(count) || count < 1000) return 'fewer than 1,000 requests say nothing'
  if (count > mostRequests) return `${count} requests are more than ${mostRequests}`
  return undefined
}

/** Marks an empty database as one of the bench's. @param url of its superuser */
export async function markAsOurs(url: string, mark: string): Promise<void> {
  await withSql(url, async (sql) => {
    await sql`create schema bench`
    await sql`create table bench.mark as select ${mark}::text as mark`
  })
}

export interface FillOptions {
  /** Of the superuser: triggers are off meanwhile. */
  url: string
  /** What `markAsOurs` has left there. */
  mark: string
  /** Of requests. */
  count: number
  /** Mails take a quarter of the time, and no call reads them. */
  hasMails: boolean
  secretBox: SecretBox
}

/** @throws Error for any database that the bench has not made, or that is not empty */
export async function fill(options: FillOptions): Promise<void> {
  const { url, mark, count, hasMails, secretBox } = options
  await withSql(url, async (sql) => {
    const why = refusal(await lookAt(sql, url), mark, count)
    if (why) throw new Error(`The bench does not fill this database: ${why}.`)
    await fillDirectory(sql, count)
    await plan(sql, count)
    // Two at a time: each is one connection, and so one core.
    const wide = () => fillTable(sql, accessRequests)
    const others = async () => {
      await fillGrants(sql)
      if (hasMails) await fillTable(sql, mails)
    }
    await Promise.all([wide().then(others), fillTable(sql, auditEvents)])
    await endChain(sql, secretBox)
    await listTexts(sql)
    await sumUpRequests(sql)
    await sql.unsafe('drop schema bench cascade')
    await sql.unsafe('vacuum analyze')
    await sql.unsafe('checkpoint')
  })
}

async function withSql<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const connection = {
    session_replication_role: 'replica',
    maintenance_work_mem: '768MB',
    work_mem: '256MB',
    TimeZone: 'UTC',
  }
  const sql = postgres(url, { max: 2, onnotice: () => undefined, connection })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function lookAt(sql: postgres.Sql, url: string): Promise<Found> {
  const [isMarked] = await sql`select to_regclass('bench.mark') is not null as yes`
  const [row] = isMarked?.['yes'] ? await sql`select mark from bench.mark` : []
  const [counted] = await sql`select count(*)::int as requests from (select from access_requests limit 1) as found`
  return {
    host: new URL(url).hostname,
    mark: (row?.['mark'] as string) ?? null,
    requests: Number(counted?.['requests']),
  }
}

/** The service goes on after the last event. */
async function endChain(sql: postgres.Sql, secretBox: SecretBox): Promise<void> {
  const [last] = await sql<
    { seq: number; hash: Buffer }[]
  >`select seq::int, hash from audit_events order by audit_events.seq desc limit 1`
  if (!last) throw new Error('there are no events')
  const key = randomBytes(32)
  await sql`insert into audit_head (id, seq, hash, mac, sealed_key)
    values (1, ${last.seq}, ${last.hash}, ${macOfHead(last, key)}, ${secretBox.seal(key)})`
}

/** What the log is searched by, which triggers would have kept. */
async function listTexts(sql: postgres.Sql): Promise<void> {
  await sql`
    insert into audit_texts (text)
    select distinct left(lower(one.text), 500) from audit_events
    cross join lateral (values (initiated_by_email), (resource_name), (error_message)) as one(text) where one.text is not null`
}

/** The sums of the counters and of the overview, which triggers would have kept. */
async function sumUpRequests(sql: postgres.Sql): Promise<void> {
  await sql`
    insert into request_counts (day, bucket, count)
    select coalesce((created_at at time zone 'UTC')::date, '-infinity'), bucket, count(*)::int from access_requests
    group by grouping sets (((created_at at time zone 'UTC')::date, bucket), (bucket))`
  await sql`
    insert into decision_time_changes (month, flow_id, queue, time_class, change)
    select date_trunc('month', updated_at at time zone 'UTC'), flow_id, queue, time_class(created_at, updated_at), 1
    from access_requests where status in ('approved', 'denied') and approval_type = 'manual'`
  await sumUpDecisionTimes(drizzle(sql))
}
