/** Queries that come again are prepared, and nothing else about them changes. */
import { sql } from 'drizzle-orm'
import { boolean, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../src/platform/db/client.ts'
import { bytea, citext, type DbOrTx, instant } from '../../src/platform/db/columns.ts'
import { createChooser } from '../../src/platform/db/prepared.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const things = pgTable('things', {
  number: integer('number').notNull(),
  word: text('word'),
  email: citext('email'),
  facts: jsonb('facts'),
  ids: uuid('ids').array(),
  words: text('words').array(),
  at: instant('at'),
  bytes: bytea('bytes'),
  isSo: boolean('is_so'),
})

let testDatabase: TestDatabase

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  const { db, close } = openDatabase(testDatabase.url)
  await db.execute(sql`create table things (number integer not null, word text, email citext, facts jsonb, ids uuid[],
    words text[], at timestamptz(3), bytes bytea, is_so boolean)`)
  await close()
})

afterAll(() => testDatabase.drop())

async function withDatabase(options: { url?: string; max?: number }, work: (database: Database) => Promise<void>) {
  const database = openDatabase(options.url ?? testDatabase.url, { max: options.max ?? 1 })
  try {
    await work(database)
  } finally {
    await database.close()
  }
}

/** What this connection has prepared, of queries that hold the word. */
async function preparedWith(db: DbOrTx, word: string): Promise<number> {
  const rows = await db.execute(sql.raw(`select 1 from pg_prepared_statements where statement like '%${word}%'`))
  return (rows as unknown as unknown[]).length
}

const rare = (db: DbOrTx, value: string) => db.execute(sql`select ${value}::text as rare`)

test('a query is prepared from its third use on, once', () =>
  withDatabase({}, async ({ db }) => {
    await rare(db, 'one')
    await rare(db, 'two')
    expect(await preparedWith(db, 'as rare')).toBe(0)

    for (const value of ['three', 'four', 'five']) await rare(db, value)

    expect(await preparedWith(db, 'as rare')).toBe(1)
  }))

test('transactions and those inside them prepare as well, and still roll back', () =>
  withDatabase({}, async ({ db }) => {
    const insert = (tx: DbOrTx, number: number) => tx.insert(things).values({ number })
    for (let number = 1; number <= 3; number++) await db.transaction((tx) => insert(tx, number))
    const broken = db.transaction(async (tx) => {
      await tx.transaction((inner) => insert(inner, 4))
      await expect(tx.transaction((inner) => inner.execute(sql`select ${1} / 0`))).rejects.toThrow('Failed query')
      await insert(tx, 5)
      throw new Error('enough')
    })
    await expect(broken).rejects.toThrow('enough')

    const rows = await db.select({ number: things.number }).from(things).orderBy(things.number)

    expect(rows.map(({ number }) => number)).toEqual([1, 2, 3])
    expect(await preparedWith(db, 'insert into "things"')).toBe(1)
    await db.delete(things)
  }))

const full = {
  word: 'a "word", {braces} and \\',
  email: 'Ann@Example.test',
  facts: { list: [1, 'two', null], text: 'ü' },
  ids: ['019a0000-0000-7000-8000-000000000001', '019a0000-0000-7000-8000-000000000002'],
  words: ['one', 'two, three', ''],
  at: '2026-11-25T12:00:00.123Z',
  bytes: Buffer.from([0, 1, 255]),
  isSo: true,
}
const empty = { ...full, word: '', facts: [], ids: [], words: [], bytes: Buffer.alloc(0), isSo: false }
const nothing = { word: null, email: null, facts: null, ids: null, words: null, at: null, bytes: null, isSo: null }

test.each(Object.entries({ full, empty, nothing }))('%s values are the same prepared and not', (_, values) =>
  withDatabase({}, async ({ db }) => {
    for (let number = 0; number < 6; number++) await db.insert(things).values({ number, ...values })
    expect(await preparedWith(db, 'insert into "things"')).toBe(1)

    for (let number = 0; number < 6; number++) {
      const found = await db.select().from(things).where(sql`${things.number} = ${number}`)
      expect(found).toEqual([{ number, ...values }])
    }
    await db.delete(things)
  }),
)

test('values that are there and values that are not may alternate', () =>
  withDatabase({}, async ({ db }) => {
    const all = [full, nothing, empty, full, nothing, empty, nothing, full]
    for (const [number, values] of all.entries()) await db.insert(things).values({ number, ...values })

    const rows = await db.select().from(things).orderBy(things.number)

    expect(rows).toEqual(all.map((values, number) => ({ number, ...values })))
    await db.delete(things)
  }))

test('a quick query waits for the first connection to be free, not behind a slow one', () =>
  withDatabase({ max: 2 }, async ({ db }) => {
    const lock = (key: number) => db.execute(sql`select pg_advisory_xact_lock(${key})`)
    for (let round = 0; round < 5; round++) await Promise.all([lock(11), lock(12)])
    const holder = postgres(testDatabase.url, { max: 1 })
    await holder`select pg_advisory_lock(1), pg_advisory_lock(2)`
    let isSlowDone = false
    const slow = lock(1).then(() => void (isSlowDone = true))
    const medium = lock(2)

    const quick = lock(3)
    await holder`select pg_advisory_unlock(2)`
    await Promise.all([medium, quick])

    expect(isSlowDone).toBe(false)
    await holder.end()
    await slow
  }))

test('an address with ?prepare=false prepares nothing', () =>
  withDatabase({ url: `${testDatabase.url}?prepare=false` }, async ({ db }) => {
    for (let use = 0; use < 5; use++) await rare(db, 'again')

    expect(await preparedWith(db, 'as rare')).toBe(0)
  }))

test('of texts without end only so many are chosen, and those stay', () => {
  const isWorthIt = createChooser(2)
  const useOften = (text: string) => [1, 2, 3, 4].map(() => isWorthIt(text)).at(-1)

  expect(['first', 'second', 'third'].map(useOften)).toEqual([true, true, false])
  for (let n = 0; n < 5000; n++) isWorthIt(`text ${n}`)
  expect(['first', 'second', 'third'].map(useOften)).toEqual([true, true, false])
})
