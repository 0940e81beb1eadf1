/** Two processes record the same event at the same time: it is in the log once, and neither fails. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/platform/db/client.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { until } from '../support/test-server.ts'

let app: TestApp
let other: ReturnType<typeof openDatabase>
beforeAll(async () => {
  app = await startTestApp()
  other = openDatabase(app.url)
})
afterAll(async () => {
  await other.close()
  await app.close()
})

const entry = (sourceKey: string) => ({
  sourceKey,
  eventType: 'user_update' as const,
  timestamp: '2026-03-01T10:00:00.000Z',
  initiatedBy: { id: null, type: 'system' as const, email: null },
  resource: { type: 'user', id: null, name: sourceKey },
})

const isWaiting = async () => {
  const [row] = await app.superuser.execute<{ waits: boolean }>(
    sql`select exists (select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as waits`,
  )
  return row?.waits === true
}

test('the second waits for the first, adds only what is new, and the chain is sound', async () => {
  let second: Promise<void> | undefined
  await app.db.transaction(async (tx) => {
    await app.auditLog.append(tx, [entry('of both'), entry('of the first')])
    second = other.db.transaction((later) => app.auditLog.append(later, [entry('of both'), entry('of the second')]))
    await until(isWaiting)
  })
  await second

  const rows = await app.db.execute(sql`select source_key from audit_events where source_key like 'of %' order by seq`)
  expect(rows.map((row) => row['source_key'])).toEqual(['of both', 'of the first', 'of the second'])
  expect((await app.auditLog.verify(app.db)).fault).toBeNull()
})
