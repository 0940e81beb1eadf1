/** Times to decision say the same from sums as from looking at every request, whatever has been written and removed. */
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Queue, queues, type RequestStatus } from '../../src/domain/request/record.ts'
import {
  readTimesToDecision,
  type Spans,
  sumUpDecisionTimes,
  type TimesToDecision,
} from '../../src/features/requests/decision-times.repository.ts'
import { type Database, openDatabase } from '../../src/platform/db/client.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let testDatabase: TestDatabase
let database: Database

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url)
})
afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})
beforeEach(async () => {
  await database.db.execute(sql`delete from access_requests`)
  await sumUpDecisionTimes(database.db)
})

const day = 86_400_000
const now = Date.now()
const flows = [randomUUID(), randomUUID(), randomUUID()]
const [always, never] = [Number.MAX_SAFE_INTEGER, 0]

interface Row {
  id: string
  flowId: string
  queue: Queue
  approvalType: 'manual' | 'automatic'
  status: RequestStatus
  createdAt: number
  updatedAt: number
}

const row = fc.record<Omit<Row, 'id' | 'updatedAt'> & { ago: number; took: number }>({
  flowId: fc.constantFrom(...flows),
  queue: fc.constantFrom(...queues),
  approvalType: fc.constantFrom('manual', 'manual', 'manual', 'automatic'),
  status: fc.constantFrom('approved', 'denied', 'approved', 'pending', 'canceled', 'error'),
  createdAt: fc.constant(0),
  // Dense where periods begin, and long before.
  ago: fc.oneof(
    fc.integer({ min: 0, max: 400 * day }),
    fc.integer({ min: 29 * day, max: 31 * day }),
    fc.constant(900 * day),
  ),
  took: fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 3000, max: 40 * day })),
})

type Act = { kind: 'put' | 'change' | 'remove' | 'removeAndPutBack' | 'sumUp' | 'sumUpTwice'; which: number; row: Row }

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom('put', 'put', 'put', 'change', 'change', 'remove', 'removeAndPutBack', 'sumUp', 'sumUpTwice'),
  which: fc.nat(),
  row: row.map(({ ago, took, ...rest }) => ({
    ...rest,
    id: randomUUID(),
    updatedAt: now - ago,
    createdAt: now - ago - took,
  })),
})

async function put({ id, flowId, queue, approvalType, status, createdAt, updatedAt }: Row): Promise<void> {
  await database.db.execute(sql`
    insert into access_requests (id, version, status, queue, approval_type, flow_id, flow_name, requester_id, requester_name, created_at, updated_at, state)
    values (${id}, 1, ${status}, ${queue}, ${approvalType}, ${flowId}, 'Flow', ${randomUUID()}, 'Somebody',
      ${iso(createdAt)}, ${iso(updatedAt)}, '{"reason": "because"}')`)
}

async function change({ id, flowId, queue, approvalType, status, createdAt, updatedAt }: Row): Promise<void> {
  await database.db.execute(sql`
    update access_requests set status = ${status}, queue = ${queue}, approval_type = ${approvalType}, flow_id = ${flowId},
      created_at = ${iso(createdAt)}, updated_at = ${iso(updatedAt)}, state = state || '{"seen": true}' where id = ${id}`)
}

const remove = ({ id }: Row) => database.db.execute(sql`delete from access_requests where id = ${id}`)
const iso = (time: number) => new Date(time).toISOString()
const sumUp = () => sumUpDecisionTimes(database.db)

/** Carries it out, on the database and on what is known of it. */
async function carryOut({ kind, which, row: next }: Act, rows: Map<string, Row>): Promise<unknown> {
  const found = [...rows.values()][which % Math.max(1, rows.size)]
  if (kind === 'sumUp') return sumUp()
  if (kind === 'sumUpTwice') return Promise.all([sumUp(), sumUp()])
  if (kind === 'put' || !found) {
    rows.set(next.id, next)
    return put(next)
  }
  if (kind === 'change') {
    rows.set(found.id, { ...next, id: found.id })
    return change({ ...next, id: found.id })
  }
  await remove(found)
  if (kind === 'removeAndPutBack') return put(found)
  return rows.delete(found.id)
}

/** What `percentile_cont` would say. */
function quantile(sorted: number[], share: number): number | null {
  const place = share * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return low === undefined || high === undefined ? null : low + (high - low) * (place - Math.floor(place))
}

function spansOf(rows: Row[]): Spans {
  const seconds = rows.map(({ createdAt, updatedAt }) => (updatedAt - createdAt) / 1000).sort((a, b) => a - b)
  return { decisions: rows.length, medianSeconds: quantile(seconds, 0.5), p90Seconds: quantile(seconds, 0.9) }
}

function lookedAt(rows: Map<string, Row>, begin: number): TimesToDecision {
  const decided = [...rows.values()].filter(
    ({ status, approvalType, updatedAt }) =>
      approvalType === 'manual' && ['approved', 'denied'].includes(status) && updatedAt >= begin,
  )
  const byFlow = flows.flatMap((id) => {
    const own = decided.filter(({ flowId }) => flowId === id)
    const ofAdministrators = own.filter(({ queue }) => queue === 'administrator').length
    const queue: Queue = 2 * ofAdministrators >= own.length ? 'administrator' : 'others'
    return own.length === 0 ? [] : [{ id, name: 'Flow', queue, ...spansOf(own) }]
  })
  return { ...spansOf(decided), flows: byFlow }
}

/** Flows in an order that does not depend on what is approximate, and times as `timeOf` has them. */
function comparable({ flows: found, ...all }: TimesToDecision, timeOf: (seconds: number) => unknown): unknown {
  const time = (seconds: number | null) => (seconds === null ? null : timeOf(seconds))
  const spans = <T extends Spans>(of: T) => ({
    ...of,
    medianSeconds: time(of.medianSeconds),
    p90Seconds: time(of.p90Seconds),
  })
  return { ...spans(all), flows: found.map(spans).sort((a, b) => a.id.localeCompare(b.id)) }
}

/** A time that is within 5 % of that one, or less than a second from it. */
const around = (seconds: number) =>
  expect.toSatisfy((other: number) => Math.abs(other - seconds) <= Math.max(0.05 * seconds, 1))

test('the sums say what looking at every request says, after any writes, corrections, reopenings and removals', async () => {
  await fc.assert(
    fc
      .asyncProperty(fc.array(act, { minLength: 5, maxLength: 40 }), async (acts) => {
        const rows = new Map<string, Row>()
        for (const each of acts) await carryOut(each, rows)
        for (const days of [1, 30, 90, 365, 366]) {
          const begin = now - days * day
          const known = lookedAt(rows, begin)
          const exact = await readTimesToDecision(database.db, iso(begin), always)
          const fromSums = await readTimesToDecision(database.db, iso(begin), never)
          expect(comparable(exact, Number)).toEqual(comparable(known, (seconds) => expect.closeTo(seconds, 3)))
          expect(comparable(fromSums, Number)).toEqual(comparable(known, around))
        }
      })
      .afterEach(async () => {
        await database.db.execute(sql`delete from access_requests`)
      }),
    { numRuns: 40 },
  )
})

test('what has been removed leaves nothing in the sums, and months that nobody asks for are left out', async () => {
  const one = { flowId: flows[0] as string, queue: 'others' as const, approvalType: 'manual' as const }
  for (const ago of [0, 200, 500])
    await put({
      ...one,
      id: randomUUID(),
      status: 'denied',
      createdAt: now - ago * day - 1000,
      updatedAt: now - ago * day,
    })
  await sumUp()
  const kept = await database.db.execute<{ since: string }>(sql`select distinct since from decision_times`)
  await database.db.execute(sql`delete from access_requests`)
  await sumUp()
  const left = await database.db.execute(sql`select from decision_times where count <> 0`)

  expect(kept.length).toBe(13)
  expect([...left]).toEqual([])
})
