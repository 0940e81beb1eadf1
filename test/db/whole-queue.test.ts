/** An export of the queue is of one moment. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wholeQueue } from '../../src/features/requests/queue.repository.ts'
import type { RequestSort } from '../../src/features/requests/requests.schemas.ts'
import { type Database, openDatabase } from '../../src/platform/db/client.ts'
import { rowsOf } from '../../src/platform/db/columns.ts'
import { inSnapshot } from '../../src/platform/db/snapshot.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let testDatabase: TestDatabase
let database: Database

/** More than are read at once, so that most are read after the first ones. */
const count = 750

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url)
})
afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})

async function fill(): Promise<void> {
  await database.db.execute(sql`delete from access_requests`)
  await database.db.execute(sql`
    insert into access_requests (id, version, status, queue, approval_type, flow_id, flow_name, requester_id, requester_name,
      created_at, updated_at, state, started)
    select id, 1, 'pending', 'others', 'manual', gen_random_uuid(), 'Figma', gen_random_uuid(), 'Name ' || n,
      now() - n * interval '1 hour', now(),
      jsonb_build_object('id', id, 'reason', 'before', 'steps', '[]'::jsonb,
        'requester', jsonb_build_object('id', gen_random_uuid(), 'name', 'Name ' || n, 'email', 'a@example.test')), true
    from (select gen_random_uuid() as id, n from generate_series(1, ${count}) as n) as numbered`)
}

/** Turns the order round, takes every third one away and adds another one. */
async function changeEverything(): Promise<void> {
  await database.db.execute(sql`update access_requests set requester_name = 'Zzz' || requester_name,
    created_at = now() - (now() - created_at) * -1, status = 'denied', state = state || '{"reason": "after"}'`)
  await database.db.execute(sql`delete from access_requests where hashtext(id::text) % 3 = 0`)
}

test.each<RequestSort>(['-createdAt', 'requesterName', 'status'])(
  'sorted by %s it has every request once, as it was when the export began',
  async (sort) => {
    await fill()
    const before = await rowsOf<{ id: string }>(database.db, sql`select id from access_requests`)
    const found: { id: string; reason: string }[] = []

    await inSnapshot(database.exports, async (tx) => {
      for await (const entries of wholeQueue(tx, {}, sort)) {
        if (found.length === 0) await changeEverything()
        found.push(...entries.map(({ request }) => request))
      }
    })

    expect(found.map(({ id }) => id).toSorted()).toEqual(before.map(({ id }) => id).toSorted())
    expect(new Set(found.map(({ reason }) => reason))).toEqual(new Set(['before']))
  },
)
