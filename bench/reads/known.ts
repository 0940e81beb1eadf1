/** What the calls ask for, read from the filled data: real ids, names, moments and places deep in a list. */
import type postgres from 'postgres'
import { encodeCursor, type Listing } from '../../src/platform/http/cursor.ts'

export interface Known {
  requestId: string
  flowId: string
  groupId: string
  /** The person with the most requests. */
  askerId: string
  askerEmail: string
  /** Whoever decided most, and for whom most waits. */
  deciderId: string
  awaitedId: string
  administrators: string[]
  /** A week of last year. */
  from: string
  to: string
  /** Cursors of the row in the middle, by list and sort. */
  deep: Record<string, string>
}

const queueSorts = {
  createdAt: 'created_at',
  requesterName: 'requester_name collate "und-x-icu"',
  flowName: 'flow_name collate "und-x-icu"',
  status: 'status',
  expiresAt: `coalesce(expires_at, 'infinity')`,
}

export async function readKnown(sql: postgres.Sql, count: number): Promise<Known> {
  const one = async (query: string) => Object.values((await sql.unsafe(query))[0] ?? {})[0] as string
  const most = (column: string) =>
    one(`select id from (select unnest(${column}) as id from access_requests where cardinality(${column}) > 0) one
      group by id order by count(*) desc, id limit 1`)
  const asker = await one('select requester_id from access_requests group by 1 order by count(*) desc, 1 limit 1')
  const weekAgo = (weeks: number) => new Date(Date.now() - weeks * 7 * 86_400_000).toISOString()
  return {
    requestId: await one(`select id from access_requests order by created_at offset ${Math.floor(count / 3)} limit 1`),
    flowId: await one('select id from approval_flows order by name limit 1'),
    groupId: await one(
      'select group_id from grants where ended_at is null group by 1 order by count(*) desc, 1 limit 1',
    ),
    askerId: asker,
    askerEmail: await one(`select email from users where id = '${asker}'`),
    deciderId: await most('decider_ids'),
    awaitedId: await most('awaited_ids'),
    administrators: (await sql`select id from users where 'admin' = any(roles) order by id`).map((row) =>
      String(row['id']),
    ),
    from: weekAgo(60),
    to: weekAgo(59),
    deep: await deepCursors(sql, count),
  }
}

/** @returns by the name of the list and its sort, such as `queue -createdAt` */
async function deepCursors(sql: postgres.Sql, count: number): Promise<Record<string, string>> {
  const middle = Math.floor(count / 2)
  const found: Record<string, string> = {}
  for (const [sort, order] of Object.entries(queueSorts)) {
    const field = order.replace(/ collate .*/, '').replace(/^coalesce\((.*),.*/, '$1')
    const [row] = await sql.unsafe(
      `select id, ${field} as value from access_requests order by ${order}, id offset ${middle} limit 1`,
    )
    for (const direction of ['', '-'])
      found[`queue ${direction}${sort}`] = cursorOf({ list: 'queue', sort: `${direction}${sort}` }, row)
  }
  const [event] = await sql.unsafe(
    `select seq::text as id, timestamp as value from audit_events order by timestamp, seq offset ${middle} limit 1`,
  )
  const [grant] = await sql.unsafe(
    `select id, started_at as value from grants where ended_at is null order by started_at, id
     offset (select count(*) / 2 from grants where ended_at is null) limit 1`,
  )
  const [user] = await sql.unsafe(
    'select id, name as value from users order by name collate "und-x-icu", id offset 250 limit 1',
  )
  return {
    ...found,
    'events -timestamp': cursorOf({ list: 'events', sort: '-timestamp' }, event),
    'grants -startedAt': cursorOf({ list: 'grants', sort: '-startedAt' }, grant),
    'users name': cursorOf({ list: 'users', sort: 'name' }, user),
  }
}

function cursorOf(listing: Listing, row: postgres.Row | undefined): string {
  if (!row) throw new Error(`there is no row in the middle by ${listing.sort}`)
  const { id, value } = row as { id: string; value: Date | string | number | null }
  return encodeCursor(listing, { value: value instanceof Date ? value.toISOString() : value, id })
}
