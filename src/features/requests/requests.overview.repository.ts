/** The queue in numbers: what is open, how fast it is decided, and who holds it. */
import { type SQL, sql } from 'drizzle-orm'
import { openStatuses } from '../../domain/request/record.ts'
import { type DbOrTx, rowsOf } from '../../platform/db/columns.ts'
import { users } from '../directory/users/users.table.ts'
import { bucketsOf } from './buckets.ts'
import { readTimesToDecision } from './decision-times.repository.ts'
import { isIn } from './queue.search.repository.ts'
import { ages, type Overview, type OverviewQuery } from './requests.overview.schemas.ts'
import { accessRequests, forAdministratorsSince, isForAdministratorsRow, openStatusList } from './requests.table.ts'

/** Most people that are listed. */
const most = 20

const dayMs = 86_400_000

const openOnes = bucketsOf({ status: [...openStatuses] })
const openBuckets = sql.raw(
  openOnes.map(({ number, status, queue }) => `(${number}, '${status}', '${queue}')`).join(', '),
)
const laterAges = sql.raw(ages.slice(1).join(', '))

/** Days begin at a quarter of an hour in every time zone: requests are counted by those before they are placed in days. */
function readOpen(db: DbOrTx, timeZone: string): Promise<Overview['open']> {
  const day = (moment: SQL) => sql`(${moment} at time zone ${timeZone})::date`
  return rowsOf(
    db,
    sql`select (array[${sql.raw(ages.join(', '))}])[1 + width_bucket(greatest(${day(sql`now()`)} - ${day(sql`quarter`)}, 0), array[${laterAges}])] as "fromDays",
        status, queue, sum(count)::int as count
      from (
        select bucket, date_bin('15 minutes', created_at, '2000-01-01 00:00Z'::timestamptz) as quarter, count(*) as count
        from ${accessRequests} where ${isIn(openOnes)} group by 1, 2) as counted
      join (values ${openBuckets}) as buckets (bucket, status, queue) using (bucket)
      group by 1, 2, 3 order by 1, 2, 3`,
  )
}

async function readAdministrators(db: DbOrTx): Promise<Overview['administrators']> {
  const [row] = await rowsOf<Held>(
    db,
    sql`select (select count(*)::int from ${accessRequests} where ${isForAdministratorsRow}) as waiting,
        ${forAdministratorsSince} as since, id as "requestId"
      from ${accessRequests} where ${isForAdministratorsRow} order by ${forAdministratorsSince}, id limit 1`,
  )
  return row ? withInstant(row) : null
}

async function readHolders(db: DbOrTx): Promise<Overview['holders']> {
  const rows = await rowsOf<Overview['holders'][number]>(
    db,
    sql`with waits as materialized (
        select person_id, coalesce(since, created_at) as since, request_id from (
          select unnest(awaited_ids) as person_id, unnest(awaited_since) as since, created_at, id as request_id
          from ${accessRequests} where status in (${openStatusList}) and awaited_ids <> '{}') as listed),
      holders as (
        select users.id, name, email, waiting, since
        from (select person_id, count(*)::int as waiting, min(since) as since from waits group by person_id) as held
        join ${users} on users.id = person_id order by since, users.id limit ${most})
      select distinct on (since, id) holders.*, request_id as "requestId"
      from holders join waits on person_id = id and waits.since = holders.since order by since, id, request_id`,
  )
  return rows.map(withInstant)
}

type Held = NonNullable<Overview['administrators']>

/** As code has moments, from how the database writes them. */
const withInstant = <T extends Held>(row: T): T => ({ ...row, since: new Date(row.since).toISOString() })

export async function readOverview(db: DbOrTx, { days, timeZone }: OverviewQuery): Promise<Overview> {
  const begin = new Date(Date.now() - days * dayMs).toISOString()
  const [open, timeToDecision, administrators, holders] = await Promise.all([
    readOpen(db, timeZone),
    readTimesToDecision(db, begin),
    readAdministrators(db),
    readHolders(db),
  ])
  return { open, timeToDecision, administrators, holders }
}
