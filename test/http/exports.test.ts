/** Exports: few at once, over connections of their own, and none for a client that does not take them. */
import { connect } from 'node:net'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditEvents } from '../../src/features/audit/audit.table.ts'
import { rowsOf } from '../../src/platform/db/columns.ts'
import { createSendExport } from '../../src/platform/http/export-stream.ts'
import { route } from '../../src/platform/http/route.ts'
import type { Parts, TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'

let app: TestApp
let admin: Client
const ends: { rows: number; isWhole: boolean }[] = []

/** Two exports that never come to their end: one sends what it reads, the other waits for its first row. */
function endless({ database }: Parts) {
  const sendExport = createSendExport(database.exports, { patienceMs: 500 })
  return ['sends', 'reads'].map((kind) =>
    route({
      method: 'get',
      path: `/endless/${kind}`,
      summary: 'Rows without end',
      tag: 'Test',
      ability: 'queue.read',
      responses: { 200: { description: 'Rows', contentType: 'text/csv' } },
      handler: async ({ res }) => {
        await sendExport(res, {
          format: 'csv',
          filename: 'endless.csv',
          columns: [{ code: 'text', words: { en: 'Text', de: 'Text' } }],
          style: { columns: 'code', language: 'en', timeZone: 'UTC' },
          read: async (tx, send) => {
            const rows = sql`select repeat('x', 100000) as text from generate_series(1, 10) as endless`
            if (kind === 'reads') await tx.execute(sql`select pg_sleep(60) as endless`)
            for (;;) await send(await rowsOf<{ text: string }>(tx, rows))
          },
          onEnd: async (end) => void ends.push(end),
        })
        return null
      },
    }),
  )
}

beforeAll(async () => {
  app = await startTestApp({ routes: endless })
  admin = await app.signIn()
})
afterAll(async () => {
  await app.close()
})

/** Sends a call and takes nothing of its answer but what the system has taken already. */
function callWithoutReading(path: string) {
  const socket = connect(Number(new URL(app.base).port), '127.0.0.1')
  socket.pause()
  socket.on('error', () => undefined)
  socket.write(`GET /api/v1${path} HTTP/1.1\r\nHost: localhost\r\nCookie: ${admin.cookie}\r\n\r\n`)
  return socket
}

/** Transactions of exports that are open, whether or not a statement runs in them. */
async function open(): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(
    app.superuser,
    sql`select count(*)::int as count from pg_stat_activity where datname = current_database()
      and pid <> pg_backend_pid() and query like '%endless%' and state <> 'idle'`,
  )
  return row?.count ?? -1
}

const untilOpen = (count: number) => expect.poll(open, { timeout: 10_000 }).toBe(count)

test('a client that stops reading is let go, and nothing of its export is left', async () => {
  const socket = callWithoutReading('/endless/sends')
  const closed = new Promise<boolean>((resolve) => socket.once('close', () => resolve(true)))
  await expect.poll(() => ends.length, { timeout: 15_000 }).toBe(1)

  await untilOpen(0)
  expect(ends.pop()).toEqual({ rows: expect.any(Number), isWhole: false })
  socket.resume()
  expect(await closed).toBe(true)
})

test('a client that leaves before the first row ends the statement that looks for it', async () => {
  const socket = callWithoutReading('/endless/reads')
  await untilOpen(1)

  socket.destroy()

  await untilOpen(0)
  expect(ends).toEqual([])
})

test('of three exports at once the third is refused and says when to try again', async () => {
  const sockets = [callWithoutReading('/endless/reads'), callWithoutReading('/endless/reads')]
  await untilOpen(2)

  const refused = await admin.get('/endless/sends')

  expect([refused.status, refused.body.code]).toEqual([503, 'service_unavailable'])
  expect(refused.body.detail).toBe('2 exports are running already. Try again in a moment.')
  expect(refused.headers.get('retry-after')).toBe('10')
  // Others have connections of their own.
  expect((await admin.get('/access-requests')).status).toBe(200)
  for (const socket of sockets) socket.destroy()
  await untilOpen(0)
  await expect.poll(async () => (await admin.get('/access-requests/export')).status).toBe(200)
})

test('an export of events has each of them once, the newest first, however many there are', async () => {
  for (let count = 0; count < 120; count++) await admin.post('/user-groups', { name: `Group ${count}` })

  const { body } = await admin.get('/directory-insights/events/export')

  const kept = await app.db.select({ id: auditEvents.id }).from(auditEvents).orderBy(sql`seq desc`)
  // The export itself is written down after it was read.
  expect(body.map(({ id }: { id: string }) => id)).toEqual(kept.slice(1).map(({ id }) => id))
  expect(body.length).toBeGreaterThan(120)
})

test('HEAD says what the file is and reads nothing', async () => {
  const answer = await admin.send('HEAD', '/access-requests/export?format=csv')

  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-disposition')).toMatch(/filename="requests-\d{4}-\d\d-\d\d\.csv"/)
})
