import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '../../src/platform/db/client.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let testDatabase: TestDatabase
beforeAll(async () => {
  testDatabase = await createTestDatabase()
})
afterAll(() => testDatabase.drop())

it.each(['sslmode=require', 'sslmode=verify-full', 'ssl=true', 'sslrootcert=system'])(
  'with %s nothing is asked of a server that has no TLS',
  async (query) => {
    const url = new URL(testDatabase.url)
    url.search = query
    const database = openDatabase(url.href, { max: 1 })
    try {
      await expect(database.raw`select 1`).rejects.toMatchObject({ code: expect.any(String) })
    } finally {
      await database.close()
    }
  },
)
