/** Lists of events, access, people and decided requests read a little more than they give, however much is kept. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listEvents, newestFirst } from '../../src/features/audit/audit.events.repository.ts'
import type { EventFilters } from '../../src/features/audit/audit.schemas.ts'
import { listGroups, listMembers } from '../../src/features/directory/groups/groups.repository.ts'
import { listUsers } from '../../src/features/directory/users/users.repository.ts'
import { listGrants } from '../../src/features/grants/grants.list.repository.ts'
import { listWaitingAfter } from '../../src/features/grants/grants.repository.ts'
import { countApprovals, listApprovals } from '../../src/features/requests/approvals.repository.ts'
import { listOfRequester } from '../../src/features/requests/queue.repository.ts'
import { openDatabase } from '../../src/platform/db/client.ts'
import type { DbOrTx } from '../../src/platform/db/columns.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { fillLargely, idOf } from '../support/large.ts'
import { createPlanReader, type PlanReader } from '../support/plans.ts'

const limit = 21
const rowsForOne = 20
/** `findOnTheWay` looks at 100 rows for each before it asks an index, which may have as many; that of a bitmap counts twice. */
const mostOfSearch = 4 * 100 * limit
/** Few beside what grows: all of them may be read. */
const small = new Set(['approval_flows', 'user_groups', 'audit_texts', 'people_sources'])

let testDatabase: TestDatabase
let plans: PlanReader
/** Beside access and events people are few, too: all may be read for a word that most have. */
let plansBesidePeople: PlanReader

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  const database = openDatabase(testDatabase.url)
  await fillLargely(database.db)
  await letSomeWait(database.db)
  await database.close()
  plans = createPlanReader(testDatabase.url, small)
  plansBesidePeople = createPlanReader(testDatabase.url, new Set([...small, 'users']))
}, 300_000)
afterAll(async () => {
  await Promise.all([plans.close(), plansBesidePeople.close()])
  await testDatabase.drop()
})

/** What of a read is more than it should be: tables that are read from end to end, rows beyond `most`. */
async function excessOf(
  read: (db: DbOrTx) => Promise<unknown>,
  most: number,
  reader = plans,
): Promise<(string | number)[]> {
  const { rows, scanned } = await reader.costOf(read)
  return [...scanned, ...(rows > most ? [rows] : [])]
}

const week = { from: '2025-01-01T00:00:00.000Z', to: '2025-01-08T00:00:00.000Z' }
const rareType: EventFilters = { eventType: ['access_management_connector_delete'] }
const inOrder: [string, EventFilters][] = [
  ['all of them', {}],
  ['a week of last year', week],
  ['a type', { eventType: ['user_update'] }],
  ['several types', { eventType: ['user_update', 'user_logout', 'user_create'] }],
  ['a type that is nowhere', rareType],
  ['a type that is not in a week', { ...week, ...rareType }],
  ['somebody by id', { initiatedBy: idOf('user', 7) }],
  ['somebody by id, in a week', { initiatedBy: idOf('user', 7), ...week }],
  ['somebody by address', { initiatedBy: 'Person.7@example.test' }],
  ['nobody by address', { initiatedBy: 'nobody@example.test' }],
  ['a request', { accessRequestId: idOf('request', 70) }],
  ['a request and a word that it has not', { accessRequestId: idOf('request', 70), q: 'nowhere' }],
]
const after = { value: '2025-06-01T00:00:00.000Z', id: '100000' }

test.each(inOrder)('events of %s are read in their order, also after a cursor', async (_name, filters) => {
  expect(await excessOf((db) => listEvents(db, filters, { sort: newestFirst, limit }), rowsForOne * limit)).toEqual([])
  expect(
    await excessOf((db) => listEvents(db, filters, { sort: newestFirst, limit, after }), rowsForOne * limit),
  ).toEqual([])
})

const searched: [string, EventFilters][] = [
  ['a common word', { q: 'person' }],
  ['a rare word', { q: 'person.77@' }],
  ['a flow', { q: 'flow 7 of' }],
  ['two letters that are nowhere', { q: 'qj' }],
  ['a word that is nowhere', { q: 'nowhere' }],
  ['a word that is not in a week', { ...week, q: 'nowhere' }],
  ['a word that is nowhere, and types', { q: 'nowhere', eventType: ['user_update', 'user_logout'] }],
  ['a word that somebody has nowhere', { q: 'nowhere', initiatedBy: idOf('user', 7) }],
  ['a type that somebody has nowhere', { ...rareType, initiatedBy: 'person.7@example.test' }],
  ['the beginning of an id', { q: idOf('request', 70).slice(0, 12) }],
]

test.each(searched)('events with %s are found on a stretch of the way, or by index', async (_name, filters) => {
  const read = (db: DbOrTx) => listEvents(db, filters, { sort: newestFirst, limit })
  expect(await excessOf(read, mostOfSearch, plansBesidePeople)).toEqual([])
})

const active = { state: 'active' as const, sort: '-startedAt', limit }
const ended = { ...active, state: 'ended' as const }

test('access is read in its order, also of one kind from its beginning, and of one user', async () => {
  for (const timed of [undefined, true, false])
    for (const sort of ['startedAt', '-startedAt']) {
      expect(await excessOf((db) => listGrants(db, { ...active, timed, sort }), rowsForOne * limit)).toEqual([])
      expect(await excessOf((db) => listGrants(db, { ...ended, timed, sort }), rowsForOne * limit)).toEqual([])
    }
  expect(await excessOf((db) => listGrants(db, { ...ended, userId: idOf('user', 7) }), rowsForOne * limit)).toEqual([])
})

test.each(['person.7@', 'n.77@ name', 'flow 7', 'qj', 'nowhere', '77@example nowhere'])(
  'access with %s is found on a stretch of the way, or by index',
  async (q) => {
    for (const chosen of [active, ended])
      expect(await excessOf((db) => listGrants(db, { ...chosen, q }), mostOfSearch, plansBesidePeople)).toEqual([])
  },
)

test('members of a large group and of a small one, found or not, and users are read by index', async () => {
  for (const group of [0, 70])
    for (const q of [undefined, 'person 77', 'nowhere'])
      expect(
        await excessOf((db) => listMembers(db, idOf('group', group), { q, sort: 'name', limit }), mostOfSearch),
      ).toEqual([])
  for (const q of ['person', 'person 777', 'qj', 'nowhere', 'person.777@'])
    expect(await excessOf((db) => listUsers(db, { q, sort: 'name', limit }), mostOfSearch)).toEqual([])
})

test('people who are not activated, and administrators, are found among all', async () => {
  for (const filter of [{ state: ['suspended' as const] }, { role: 'admin' }])
    expect(await excessOf((db) => listUsers(db, { ...filter, sort: 'name', limit }), rowsForOne * limit)).toEqual([])
})

test('access whose end somebody waits for is read in pages without what has ended', async () => {
  expect(await excessOf((db) => listWaitingAfter(db, null), 1000)).toEqual([])
  expect(await excessOf((db) => listWaitingAfter(db, idOf('user', 7)), 1000)).toEqual([])
})

test('groups are counted from an index, and only those of the page', async () => {
  const { scanned } = await plans.costOf((db) => listGroups(db, { sort: 'name', limit }))

  expect(scanned).not.toContain('grants')
})

/** So many requests wait for one person in `letSomeWait`. */
const waitingForOne = 300

/** 20,000 open requests, of which some wait for one person. */
async function letSomeWait(db: DbOrTx): Promise<void> {
  await db.execute(sql`
    insert into access_requests (id, version, status, queue, approval_type, flow_id, flow_name, requester_id, requester_name,
      created_at, updated_at, expires_at, state, started, awaited_ids, awaited_since)
    select md5('open' || n)::uuid, 1, 'pending', 'others', 'manual', md5('open flow' || n)::uuid, 'Flow ' || n % 50,
      md5('user' || n % 4000)::uuid, 'Person ' || n % 4000, timestamptz '2025-06-01' + n * interval '1 minute', now(), now(),
      '{"reason": "x", "requester": {"id": "00000000-0000-4000-8000-000000000001"}, "steps": []}'::jsonb, true,
      array[md5('user' || case when n <= ${waitingForOne} then 7 else n % 4000 end)::uuid], array[now()]
    from generate_series(1, 20000) n`)
  await db.execute(sql`vacuum analyze access_requests`)
}

test('what somebody has decided is read in its order', async () => {
  for (const number of [0, 1, 3999])
    expect(
      await excessOf(
        (db) => listApprovals(db, { state: 'decided', userId: idOf('user', number) }, { sort: '-createdAt', limit }),
        rowsForOne * limit,
      ),
    ).toEqual([])
})

test.each(['createdAt', '-expiresAt', 'requesterName', 'flowName'] as const)(
  'what waits for somebody is read and counted without what waits for others, sorted by %s',
  async (sort) => {
    for (const q of [undefined, 'person 7', 'flow 7', 'qj', 'nowhere', idOf('user', 7)]) {
      const asked = { state: 'waiting' as const, userId: idOf('user', 7), q }
      const most = 12 * waitingForOne + mostOfSearch
      expect(await excessOf((db) => listApprovals(db, asked, { sort, limit }), most, plansBesidePeople)).toEqual([])
      expect(await excessOf((db) => countApprovals(db, asked), most, plansBesidePeople)).toEqual([])
    }
  },
)

test('what somebody with few decisions has decided is found by words and sorted by names without the decisions of others', async () => {
  for (const q of [undefined, 'person', 'nowhere'])
    for (const sort of ['requesterName', '-createdAt'] as const)
      expect(
        await excessOf(
          (db) => listApprovals(db, { state: 'decided', userId: idOf('user', 3998), q }, { sort, limit }),
          mostOfSearch,
          plansBesidePeople,
        ),
      ).toEqual([])
})

test('of decisions by the thousand at most a thousand are counted', async () => {
  const asked = { state: 'decided' as const, userId: idOf('user', 1) }

  expect(await excessOf((db) => countApprovals(db, asked), 5 * 1001)).toEqual([])
})

test('one’s own requests are found by words among one’s own', async () => {
  for (const q of ['flow', 'qj', 'nowhere', idOf('request', 70)])
    expect(
      await excessOf(
        (db) => listOfRequester(db, { userId: idOf('user', 7), q }, { sort: '-createdAt', limit }),
        rowsForOne * limit,
      ),
    ).toEqual([])
})
