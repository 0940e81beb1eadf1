/** How many requests there are, from sums that are kept: a counter looks at few of the requests themselves. */
import { type SQL, sql } from 'drizzle-orm'
import { type DbOrTx, rowsOf } from '../../platform/db/columns.ts'
import { buckets } from './buckets.ts'
import { isIn } from './queue.search.repository.ts'
import { requestCountChanges, requestCounts } from './queue-counts.table.ts'
import { accessRequests } from './requests.table.ts'

/** Requests by the number of their bucket; empty buckets may be missing. */
export type BucketCounts = ReadonlyMap<number, number>

const dayMs = 86_400_000

/** All requests. */
export function countAll(db: DbOrTx): Promise<BucketCounts> {
  return read(db, sql`${summed(sql`day = '-infinity'`)} union all ${changed(sql`true`)}`)
}

/** Requests submitted from `from` on (RFC 3339) and before `to`: whole days (UTC) are sums, the rest of the time is counted. */
export function countBetween(
  db: DbOrTx,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Promise<BucketCounts> {
  const firstDay = from === undefined ? null : midnight(Math.ceil(Date.parse(from) / dayMs))
  const lastDay = to === undefined ? null : midnight(Math.floor(Date.parse(to) / dayMs))
  if (firstDay && lastDay && firstDay >= lastDay) return read(db, counted(from, to))
  const isWhole = sql`day >= ${firstDay ?? '0001-01-01'}::date and day < ${lastDay ?? 'infinity'}::date`
  const parts = [summed(isWhole), changed(isWhole)]
  if (firstDay) parts.push(counted(from, firstDay))
  if (lastDay) parts.push(counted(lastDay, to))
  return read(db, sql.join(parts, sql` union all `))
}

/** Adds the changes so far to the sums. Two at once each take changes of their own. */
export async function sumUpCounts(db: DbOrTx): Promise<void> {
  await db.execute(sql`
    with taken as (delete from ${requestCountChanges} returning day, bucket, change)
    insert into ${requestCounts} (day, bucket, count)
    select coalesce(day, '-infinity'), bucket, sum(change) from taken group by grouping sets ((day, bucket), (bucket))
    having sum(change) <> 0
    order by 1, 2
    on conflict (day, bucket) do update set count = ${requestCounts}.count + excluded.count`)
}

const midnight = (day: number) => new Date(day * dayMs).toISOString()

const summed = (days: SQL) => sql`select bucket, count from ${requestCounts} where ${days}`
const changed = (days: SQL) => sql`select bucket, change from ${requestCountChanges} where ${days}`
const counted = (from: string | undefined, to: string | undefined) => sql`
  select bucket, 1 from ${accessRequests} where ${isIn(buckets)}
    and created_at >= ${from}::timestamptz and created_at < ${to}::timestamptz`

async function read(db: DbOrTx, counts: SQL): Promise<BucketCounts> {
  const rows = await rowsOf<{ bucket: number; count: number }>(
    db,
    sql`select bucket, sum(count)::int as count from (${counts}) as counts (bucket, count) group by bucket`,
  )
  return new Map(rows.map(({ bucket, count }) => [bucket, count]))
}
