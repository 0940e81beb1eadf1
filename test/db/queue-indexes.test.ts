/** Every filter, sort and search that the queue offers is answered from an index, in a table of 200,000 requests. */
import { and, type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bucketsOf } from '../../src/features/requests/buckets.ts'
import { inOrder, pageOf, rareOf } from '../../src/features/requests/queue.filter.repository.ts'
import type { RequestFilter, RequestSort } from '../../src/features/requests/requests.schemas.ts'
import { accessRequests } from '../../src/features/requests/requests.table.ts'
import { type Database, openDatabase } from '../../src/platform/db/client.ts'
import type { After } from '../../src/platform/db/keyset.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let testDatabase: TestDatabase
let database: Database

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url)
  await database.db.execute(sql`
    insert into access_requests (id, version, status, queue, approval_type, flow_id, flow_name, requester_id, requester_name,
      created_at, updated_at, expires_at, state, started, awaited_ids, decider_ids, subject_ids)
    select md5('r' || n)::uuid, 1, (array['approved','denied','canceled','expired','approved','approved','pending','missing_data'])[1 + n % 8],
      (array['administrator','others'])[1 + n % 2], (array['manual','automatic'])[1 + n % 5 / 4], md5('f' || n)::uuid, 'Flow ' || n % 50,
      md5('u' || n)::uuid, 'Person ' || n % 999, now() - n * interval '1 minute', now(), case when n % 8 > 5 then now() + n * interval '1 minute' end,
      jsonb_build_object('reason', 'reason number ' || n), true, array[md5('u' || n % 999)::uuid], array[md5('u' || n % 999)::uuid], array[md5('u' || n % 999)::uuid]
    from generate_series(1, 200000) n`)
  await database.db.execute(sql`analyze access_requests`)
})

afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})

async function planOf(where: SQL | undefined, sort: RequestSort): Promise<string> {
  const page = pageOf({ sort })
  return explain(
    sql`${database.db
      .select({ id: accessRequests.id })
      .from(accessRequests)
      .where(and(where, page.where))
      .orderBy(...page.orderBy)
      .limit(21)}`,
  )
}

async function explain(query: SQL): Promise<string> {
  const rows = await database.db.execute<{ 'QUERY PLAN': string }>(sql`explain ${query}`)
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

function planOfOrder(filter: RequestFilter, sort: RequestSort, after?: After): Promise<string> {
  const slice = { sort, after }
  return explain(inOrder({ chosen: bucketsOf(filter), passing: undefined, slice, columns: sql`id`, limit: 21 }))
}

const sorts: RequestSort[] = [
  'createdAt',
  '-createdAt',
  'requesterName',
  '-requesterName',
  'flowName',
  '-flowName',
  'status',
  '-status',
  'expiresAt',
  '-expiresAt',
]

test.each(sorts)('a page sorted by %s is read in index order, also after a cursor', async (sort) => {
  const isTime = sort.endsWith('At')
  const after = { value: isTime ? new Date().toISOString() : 'Person 5', id: '01980000-0000-7000-8000-000000000000' }

  const chosen: RequestFilter[] = [{}, { queue: 'administrator', status: ['pending'] }, { approvalType: ['automatic'] }]
  const plans = await Promise.all(
    chosen.flatMap((filter) => [planOfOrder(filter, sort), planOfOrder(filter, sort, after)]),
  )

  for (const plan of plans) {
    expect(plan).toContain('Index')
    expect(plan).not.toMatch(/->  (Incremental )?Sort\b/)
    expect(plan).not.toContain('Seq Scan')
  }
})

const rare: [string, RequestFilter][] = [
  ['a requester by id', { requester: '01980000-0000-7000-8000-000000000000' }],
  ['a requester by a part of the name', { requester: 'rson 98' }],
  ['a search that finds little', { q: 'number 2999' }],
  ['the beginning of a word', { q: 'zq' }],
  ['an id', { q: '01980000-0000-7000-8000-000000000000' }],
]

test.each(rare)('%s is found by an index', async (_name, filter) => {
  const plan = await explain(sql`select id from access_requests where ${rareOf(filter)}`)

  expect(plan).not.toContain('Seq Scan')
})

test('what waits for a person, what they decided and what depends on them is found by index', async () => {
  const me = sql`array[${'01980000-0000-7000-8000-000000000000'}::uuid]`
  const isOpen = sql`${accessRequests.status} in ('pending', 'missing_data', 'error')`

  const plans = await Promise.all([
    planOf(and(sql`${accessRequests.awaitedIds} @> ${me}`, isOpen), 'createdAt'),
    planOf(and(sql`${accessRequests.deciderIds} @> ${me}`), '-createdAt'),
    planOf(and(sql`${accessRequests.watchedIds} @> ${me}`, isOpen), '-createdAt'),
  ])

  for (const plan of plans) expect(plan).not.toContain('Seq Scan')
})
