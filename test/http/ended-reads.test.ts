/** Nothing is read on for a caller who was told that it took too long, or who has gone. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rowsOf } from '../../src/platform/db/columns.ts'
import { route } from '../../src/platform/http/route.ts'
import type { Parts, TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'

let app: TestApp
let admin: Client
/** What calls wrote after their slow statement. */
const written: string[] = []

/** A minute of work, which only whoever ends it makes shorter. */
const slow = (mark: string) => sql`select pg_sleep(60), ${mark}::text`

const slowRoute = (method: 'get' | 'post', path: string, run: () => Promise<unknown>) =>
  route({
    method,
    path,
    summary: 'Reads for a minute',
    tag: 'Test',
    ability: 'session.use',
    responses: { 204: { description: 'At last' } },
    handler: async () => {
      await run()
      return { status: 204 as const }
    },
  })

const routes = ({ db }: Parts) => [
  slowRoute('get', '/slow', () => db.execute(slow('alone'))),
  slowRoute('get', '/slow/transaction', () => db.transaction((tx) => tx.execute(slow('in a transaction')))),
  slowRoute('get', '/slow/twice', async () => {
    await db.execute(slow('first')).catch(() => undefined)
    await db.execute(slow('second'))
    written.push('second')
  }),
  slowRoute('post', '/slow', async () => {
    await db.execute(sql`select pg_sleep(1.5)`)
    written.push('post')
  }),
]

beforeAll(async () => {
  app = await startTestApp({ limits: { readMs: 1000, writeMs: 300 }, routes })
  admin = await app.signIn()
})
afterAll(async () => {
  await app.close()
})

/** Statements that take a minute, and whatever is left of their transactions. */
async function running(): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(
    app.superuser,
    sql`select count(*)::int as count from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and query like '%pg_sleep(60)%'
        and state <> 'idle'`,
  )
  return row?.count ?? -1
}

const untilNothingRuns = () => expect.poll(running, { timeout: 10_000 }).toBe(0)

test.each(['/slow', '/slow/transaction', '/slow/twice'])(
  'GET %s ends in the database with the answer that it took too long',
  async (path) => {
    const answer = await admin.get(path)

    expect([answer.status, answer.body.code]).toEqual([503, 'service_unavailable'])
    await untilNothingRuns()
    expect(written).toEqual([])
  },
)

test('what is read for somebody who leaves ends as well', async () => {
  const leaving = new AbortController()
  const call = fetch(`${app.base}/api/v1/slow`, { headers: { cookie: admin.cookie ?? '' }, signal: leaving.signal })
  await expect.poll(running).toBe(1)

  leaving.abort()

  await expect(call).rejects.toThrow(/abort/)
  await untilNothingRuns()
})

test('calls after those that were ended are answered', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, () => admin.get('/me')))

  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
})

test('a write goes on to its end, whoever was told that it took too long', async () => {
  const answer = await admin.post('/slow')

  expect(answer.status).toBe(503)
  await expect.poll(() => written, { timeout: 10_000 }).toEqual(['post'])
})
