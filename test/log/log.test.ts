/** What a log line keeps of an error. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../src/platform/db/client.ts'
import { createLog, reasonOf } from '../../src/platform/log/log.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let own: TestDatabase
let database: Database

beforeAll(async () => {
  own = await createTestDatabase()
  database = openDatabase(own.url)
})
afterAll(async () => {
  await database.close()
  await own.drop()
})

async function failure(query: ReturnType<typeof sql>): Promise<unknown> {
  return database.db.execute(query).then(
    () => undefined,
    (error: unknown) => error,
  )
}

function lineOf(error: unknown): string {
  let line = ''
  const log = createLog({ level: 'info', part: 'test' }, { write: (text: string) => void (line += text) })
  log.error({ err: error })
  return line
}

test('a failed query is logged with its cause and place, and without its values', async () => {
  const error = await failure(sql`insert into no_such_table values (${'a secret reason'})`)

  const line = lineOf(error)

  expect(JSON.stringify(error)).toContain('a secret reason')
  expect(line).not.toContain('a secret reason')
  expect(JSON.parse(line).err).toMatchObject({ code: '42P01', message: 'relation "no_such_table" does not exist' })
  expect(JSON.parse(line).err.stack).toContain('at ')
})

test('what is no error is logged as it is', () => {
  expect(lineOf('a word')).toContain('"err":"a word"')
  expect(reasonOf(undefined)).toBe('undefined')
})
