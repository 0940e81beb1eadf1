/** Lists and counters of the queue, whatever is asked for, say the same as looking at every request. */
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { queues, requestStatuses } from '../../src/domain/request/record.ts'
import { countRare, idsOfPage } from '../../src/features/requests/queue.filter.repository.ts'
import { countQueue } from '../../src/features/requests/queue.repository.ts'
import { sumUpCounts } from '../../src/features/requests/queue-counts.repository.ts'
import type { RequestFilter, RequestSort } from '../../src/features/requests/requests.schemas.ts'
import { type Database, openDatabase } from '../../src/platform/db/client.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { hasWord, hasWords, wordsOf } from '../support/search.ts'

let testDatabase: TestDatabase
let database: Database

interface Row {
  id: string
  queue: (typeof queues)[number]
  approvalType: 'manual' | 'automatic'
  status: (typeof requestStatuses)[number]
  requesterId: string
  requesterName: string
  flowName: string
  reason: string
  createdAt: string
  expiresAt: string | null
}

const at = <T>(list: readonly T[], n: number): T => list[n % list.length] as T
const requesters = ['Zoë Quist', 'Ana Tan', 'Björn Olsen', 'ana tan', 'Chloé Dubois', 'Li'].map((name, n) => ({
  name,
  id: randomUUID(),
  email: `person.${n}@example.test`,
  department: at(['Finance', 'Tan Works'], n),
}))
const day = 86_400_000
const begin = Date.parse('2026-03-01T00:00:00.000Z')

/** Every second one shares its name, flow or moment with others, so that only the id tells them apart. */
const rows: Row[] = Array.from({ length: 400 }, (_, n) => {
  const requester = at(requesters, n * 7)
  return {
    id: randomUUID(),
    queue: at(queues, Math.floor(n / 3)),
    approvalType: n % 5 === 0 ? 'automatic' : 'manual',
    status: at(requestStatuses, n),
    requesterId: requester.id,
    requesterName: requester.name,
    flowName: at(['Figma', 'figma', 'Émile', 'Zed 100%', 'Access_log'], n),
    reason: at(['quarterly report', 'an audit of 100%', 'on-call', 'xylophone practice'], n * 3),
    createdAt: new Date(begin + Math.floor(n / 2) * (day / 7)).toISOString(),
    expiresAt: n % 7 === 0 || n % 7 > 4 ? new Date(begin + (n % 50) * day).toISOString() : null,
  }
})

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url)
  for (const { id, name, email, department } of requesters)
    await database.db.execute(
      sql`insert into users (id, name, email, department) values (${id}, ${name}, ${email}, ${department})`,
    )
  for (const row of rows) await insert(row)
})
afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})

async function insert(row: Row): Promise<void> {
  await database.db.execute(sql`
    insert into access_requests (id, version, status, queue, approval_type, flow_id, flow_name, requester_id, requester_name,
      created_at, updated_at, expires_at, state, started)
    values (${row.id}, 1, ${row.status}, ${row.queue}, ${row.approvalType}, gen_random_uuid(), ${row.flowName}, ${row.requesterId},
      ${row.requesterName}, ${row.createdAt}, ${row.createdAt}, ${row.expiresAt},
      ${JSON.stringify({ reason: row.reason })}::jsonb, true)`)
}

// oxlint-disable-next-line complexity -- a list of optional filters
function matches(row: Row, filter: RequestFilter, isInTab = true): boolean {
  const { queue, status, approvalType, requester, from, to, q } = filter
  const { name = '', email = '', department = '' } = requesters.find(({ id }) => id === row.requesterId) ?? {}
  const isOfId = (word: string) => word.length >= 6 && row.id.startsWith(word.toLowerCase())
  const isMet = (word: string) =>
    isOfId(word) || hasWord(word, `${name} ${department} ${email}`, row.flowName, row.reason)
  return (
    (!isInTab || !queue || row.queue === queue) &&
    (!status?.length || status.includes(row.status)) &&
    (!approvalType?.length || approvalType.includes(row.approvalType)) &&
    (!requester || row.requesterId === requester || hasWords(requester, `${name} ${email}`)) &&
    (!from || row.createdAt >= from) &&
    (!to || row.createdAt < to) &&
    (!q || wordsOf(q).every(isMet))
  )
}

const moment = fc
  .integer({ min: -3 * 24, max: 32 * 24 })
  .map((hours) => new Date(begin + (hours * day) / 24).toISOString())
const filters: fc.Arbitrary<RequestFilter> = fc.record(
  {
    queue: fc.constantFrom(...queues),
    status: fc.subarray([...requestStatuses]),
    approvalType: fc.subarray(['manual' as const, 'automatic' as const]),
    requester: fc.constantFrom(
      'an',
      'quist',
      'nobody',
      'Dubois chloe',
      'tan works',
      at(requesters, 1).id,
      randomUUID(),
    ),
    from: moment,
    to: moment,
    q: fc.constantFrom(
      'a',
      'an',
      'zq',
      'li',
      '100%',
      '_log',
      'quarterly report',
      'XYLO',
      'nothing of the kind',
      'olsen BJORN',
      'works emile',
      'person.1@example.test report',
      at(rows, 17).id,
      at(rows, 18).id.slice(0, 8).toUpperCase(),
      at(rows, 19).id.slice(0, 20),
    ),
  },
  { requiredKeys: [] },
)
const sorts = ['createdAt', 'requesterName', 'flowName', 'status', 'expiresAt'] as const
const anySort: fc.Arbitrary<RequestSort> = fc
  .tuple(fc.constantFrom(...sorts), fc.boolean())
  .map(([field, isDescending]) => (isDescending ? (`-${field}` as const) : field))

test.each([
  ['the whole way', undefined],
  ['a short stretch of the way', 20],
])(
  'looked for on %s, a list is every matching request once, in order, however it is cut into pages',
  async (_where, stretch) => {
    const property = fc.asyncProperty(
      filters,
      anySort,
      fc.integer({ min: 1, max: 90 }),
      async (filter, sort, limit) => {
        const found: string[] = []
        for (let after: { value: string | null; id: string } | undefined; ; ) {
          const ids = await idsOfPage(database.db, filter, { sort, limit, after }, stretch)
          found.push(...ids)
          const last = rows.find(({ id }) => id === ids.at(-1))
          if (!last || ids.length < limit) break
          after = { value: last[sort.replace('-', '') as (typeof sorts)[number]], id: last.id }
        }

        expect([...found].sort()).toEqual(
          rows
            .filter((row) => matches(row, filter))
            .map(({ id }) => id)
            .sort(),
        )
        if (!sort.endsWith('At')) return
        const moments = found.map((id) => {
          const row = rows.find((one) => one.id === id)
          return (sort.endsWith('expiresAt') ? row?.expiresAt : row?.createdAt) ?? '9999'
        })
        const inOrder = [...moments].sort()
        expect(moments).toEqual(sort.startsWith('-') ? inOrder.reverse() : inOrder)
      },
    )

    await fc.assert(property, { numRuns: 150 })
  },
)

function counted(filter: RequestFilter) {
  const inTab = (queue: string) => rows.filter((row) => row.queue === queue && matches(row, filter, false)).length
  return {
    administrator: inTab('administrator'),
    others: inTab('others'),
    missingData: rows.filter(({ status }) => status === 'missing_data').length,
    isCapped: false,
  }
}

const hasRare = ({ q, requester }: RequestFilter) => Boolean(q ?? requester)

test('counters are what counting says, before the changes are summed up and after it', async () => {
  const property = fc.asyncProperty(filters, async (filter) => {
    expect(await countQueue(database.db, filter)).toEqual(counted(filter))
  })

  await fc.assert(property, { numRuns: 60 })
  await fc.assert(
    fc.asyncProperty(filters.filter(hasRare), async (filter) => {
      const { administrator, others, isCapped } = counted(filter)
      expect(await countRare(database.db, filter, 20)).toEqual({ administrator, others, isCapped })
    }),
    { numRuns: 60 },
  )
  await Promise.all([sumUpCounts(database.db), sumUpCounts(database.db)])
  await fc.assert(property, { numRuns: 60 })
})

test('a request that is decided, and one that is removed, move the counters', async () => {
  const row = rows.find(({ status, queue }) => status === 'pending' && queue === 'others') as Row
  const before = await countQueue(database.db, { status: ['pending'] })

  await database.db.execute(sql`update access_requests set status = 'denied' where id = ${row.id}`)
  const decided = await countQueue(database.db, { status: ['pending'] })
  await sumUpCounts(database.db)
  await database.db.execute(sql`delete from access_requests where id = ${row.id}`)
  const all = await countQueue(database.db, {})
  await insert(row)

  expect(decided).toEqual({ ...before, others: before.others - 1 })
  expect(all.others).toBe(counted({}).others - 1)
  expect(await countQueue(database.db, { status: ['pending'] })).toEqual(before)
})

test('a search counts up to 1,000, and says that there are more', async () => {
  await database.db.execute(sql`
    insert into access_requests (id, version, status, queue, approval_type, flow_id, flow_name, requester_id, requester_name,
      created_at, updated_at, state, started)
    select gen_random_uuid(), 1, 'denied', 'others', 'manual', gen_random_uuid(), 'Many', gen_random_uuid(), 'Somebody',
      now(), now(), '{"reason": "common"}'::jsonb, true from generate_series(1, 1200)`)

  expect(await countQueue(database.db, { q: 'common' })).toMatchObject({ others: 1000, isCapped: true })
  expect(await countQueue(database.db, {})).toMatchObject({ others: counted({}).others + 1200, isCapped: false })
  await database.db.execute(sql`delete from access_requests where flow_name = 'Many'`)
})
