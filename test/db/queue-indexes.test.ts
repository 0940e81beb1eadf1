/** Every filter, sort and search that the queue offers is answered from an index, in a table of 200,000 requests. */
import { and, or, type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bucketsOf } from '../../src/features/requests/buckets.ts'
import { allInOrder, firstInOrder, pageOf } from '../../src/features/requests/queue.filter.repository.ts'
import { rareOf } from '../../src/features/requests/queue.search.repository.ts'
import type { RequestFilter, RequestSort } from '../../src/features/requests/requests.schemas.ts'
import { accessRequests, decidedBy } from '../../src/features/requests/requests.table.ts'
import { type Database, openDatabase } from '../../src/platform/db/client.ts'
import type { After } from '../../src/platform/db/keyset.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let testDatabase: TestDatabase
let database: Database

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url)
  await database.db.execute(sql`
    insert into users (id, name, email, department)
    select md5('u' || n)::uuid, 'Person ' || n, 'person.' || n || '@example.test', 'Department ' || n % 9 from generate_series(1, 5000) n`)
  await database.db.execute(sql`
    insert into access_requests (id, version, status, queue, approval_type, flow_id, flow_name, requester_id, requester_name,
      created_at, updated_at, expires_at, state, started, awaited_ids, decider_ids, subject_ids)
    select md5('r' || n)::uuid, 1, (array['approved','denied','canceled','expired','approved','approved','pending','missing_data'])[1 + n % 8],
      (array['administrator','others'])[1 + n % 2], (array['manual','automatic'])[1 + n % 5 / 4], md5('f' || n)::uuid, 'Flow ' || n % 50,
      md5('u' || n)::uuid, 'Person ' || n % 999, now() - n * interval '1 minute', now(), case when n % 8 > 5 then now() + n * interval '1 minute' end,
      jsonb_build_object('reason', 'reason number ' || n), true, array[md5('u' || n % 999)::uuid], array[md5('u' || n % 999)::uuid], array[md5('u' || n % 999)::uuid]
    from generate_series(1, 200000) n`)
  await database.db.execute(sql`analyze access_requests, users`)
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

/** Of a page, and of the way on which something rare is looked for. */
async function plansOfOrder(filter: RequestFilter, sort: RequestSort, after?: After) {
  const way = { chosen: bucketsOf(filter), passing: undefined, slice: { sort, after }, limit: 21 }
  return { ofPage: await explain(firstInOrder(way)), ofWay: await explain(allInOrder(way)) }
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

const sortStep = /->  (Incremental )?Sort\b/

test.each(sorts)('a page sorted by %s is read in index order, also after a cursor', async (sort) => {
  const isTime = sort.endsWith('At')
  const after = { value: isTime ? new Date().toISOString() : 'Person 5', id: '01980000-0000-7000-8000-000000000000' }

  const chosen: RequestFilter[] = [{}, { queue: 'administrator', status: ['pending'] }, { approvalType: ['automatic'] }]
  const plans = await Promise.all(
    chosen.flatMap((filter) => [plansOfOrder(filter, sort), plansOfOrder(filter, sort, after)]),
  )

  for (const { ofPage, ofWay } of plans) {
    for (const plan of [ofPage, ofWay]) expect(plan).not.toContain('Seq Scan')
    expect(ofWay).not.toMatch(sortStep)
    // Only what was read from the buckets, up to a page of each, is sorted.
    const [, ofBucket = ''] = ofPage.split('Nested Loop')
    expect(ofBucket).toMatch(/Limit[^]*Index/)
    expect(ofBucket).not.toMatch(sortStep)
  }
})

const aWeek = { expiresAfter: '2001-01-01T00:00:00.000Z', expiresBefore: '2001-01-08T00:00:00.000Z' }

const rare: [string, RequestFilter][] = [
  ['a requester by id', { requester: '01980000-0000-7000-8000-000000000000' }],
  ['a requester by a part of the name', { requester: 'rson 98' }],
  ['a search that finds little', { q: 'number 2999' }],
  ['words of which one is the requester', { q: 'number person.1777@example.test' }],
  ['the beginning of a word', { q: 'zq' }],
  ['a flow', { flow: ['01980000-0000-7000-8000-000000000000', '01980000-0000-7000-8000-000000000001'] }],
  ['a department', { department: 'Department 3' }],
  ['who is waited for', { approver: '01980000-0000-7000-8000-000000000000' }],
  ['who is waited for in one tab', { approver: '01980000-0000-7000-8000-000000000000', queue: 'others' }],
  ['what expires before a moment', { expiresBefore: '2001-01-01T00:00:00.000Z' }],
  ['what expires within a time, in one status', { ...aWeek, status: ['pending'] }],
  ['a flow and a department', { flow: ['01980000-0000-7000-8000-000000000000'], department: 'Department 3' }],
  ['an id', { q: '01980000-0000-7000-8000-000000000000' }],
]

test.each(rare)('%s is found by an index', async (_name, filter) => {
  const plan = await explain(sql`select id from access_requests where ${rareOf(filter, 'by index')}`)

  // People are few beside requests, and may all be looked at.
  expect(plan).not.toContain('Seq Scan on access_requests')
})

test('the people of a department are found by an index', async () => {
  const plan = await explain(sql`select id from users where folded(department) = folded('department 3')`)

  expect(plan).toContain('users_department')
})

test('what waits for a person, what they decided and what depends on them is found by index', async () => {
  const me = sql`array[${'01980000-0000-7000-8000-000000000000'}::uuid]`
  const isOpen = sql`${accessRequests.status} in ('pending', 'missing_data', 'error')`

  const plans = await Promise.all([
    planOf(and(sql`${accessRequests.awaitedIds} @> ${me}`, isOpen), 'createdAt'),
    planOf(or(...decidedBy('01980000-0000-7000-8000-000000000000')), '-createdAt'),
    planOf(and(sql`${accessRequests.watchedIds} @> ${me}`, isOpen), '-createdAt'),
  ])

  for (const plan of plans) expect(plan).not.toContain('Seq Scan')
})
