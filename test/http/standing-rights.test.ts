/** Live views and exports end with the right of whoever opened them; live views are few. */
import { setTimeout as pause } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countQueue } from '../../src/features/requests/queue.repository.ts'
import { countAll } from '../../src/features/requests/queue-counts.repository.ts'
import { createRequestStream } from '../../src/features/requests/requests.stream.ts'
import { sessions } from '../../src/features/sessions/sessions.table.ts'
import type { Db } from '../../src/platform/db/client.ts'
import { createSendExport } from '../../src/platform/http/export-stream.ts'
import { route } from '../../src/platform/http/route.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aUser, password } from '../support/directory.ts'

let app: TestApp
let admin: Client
let stop: () => Promise<void>
/** Log lines of calls that failed. */
const failures: string[] = []
let countsToHold: Promise<void> = Promise.resolve()

/** An export that never comes to its end. */
const endlessExport = (db: Db) =>
  route({
    method: 'get',
    path: '/endless',
    summary: 'Rows without end',
    tag: 'Test',
    ability: 'queue.read',
    responses: { 200: { description: 'Rows', contentType: 'text/csv' } },
    handler: async ({ res }) => {
      await createSendExport(db)(res, {
        format: 'csv',
        filename: 'endless.csv',
        columns: [{ code: 'number', words: { en: 'Number', de: 'Nummer' } }],
        style: { columns: 'code', language: 'en', timeZone: 'UTC' },
        read: async (_tx, send) => {
          for (let number = 0; ; number++) {
            await send([{ number }])
            if (number % 200 === 0) await pause(20)
          }
        },
        onEnd: async () => undefined,
      })
      return null
    },
  })

beforeAll(async () => {
  const log = pino({ level: 'error' }, { write: (line: string) => void failures.push(line) })
  app = await startTestApp({
    log,
    routes: ({ db, database }) => {
      const stream = createRequestStream({
        raw: database.raw,
        countAll: () => countsToHold.then(() => countAll(db)),
        count: (filter, all) => countQueue(db, filter, all),
        log,
      })
      stop = stream.stop
      return [...stream.routes(), endlessExport(database.exports)]
    },
  })
  admin = await app.signIn()
})
afterAll(async () => {
  await stop()
  await app.close()
})

async function anAdministrator() {
  const user = await aUser(admin, { password, roles: ['admin'] })
  return { user, client: await app.signIn(user.email, password) }
}

async function open(client: Pick<Client, 'cookie'>, path: string, init: RequestInit = {}, headers = {}) {
  const answer = await fetch(`${app.base}/api/v1${path}`, {
    headers: { cookie: client.cookie ?? '', ...headers },
    ...init,
  })
  return answer
}

/** Resolves when the answer has ended or was broken off. */
async function ended(answer: Response): Promise<'ended'> {
  const reader = answer.body?.getReader()
  try {
    while (!(await reader?.read())?.done);
  } catch {
    // Broken off.
  }
  return 'ended'
}

async function endedWithin5s(answer: Response): Promise<string> {
  return Promise.race([ended(answer), pause(5000, 'still open')])
}

const live = '/access-requests/stream'
const ends: Record<string, (who: Awaited<ReturnType<typeof anAdministrator>>) => Promise<unknown>> = {
  suspended: ({ user }) => admin.patch(`/users/${user.id}`, { state: 'suspended' }),
  demoted: ({ user }) => admin.patch(`/users/${user.id}`, { roles: [] }),
  'signed out': ({ client }) => client.delete('/session'),
}

test.each(Object.entries(ends))('live views and exports end within 5 s of somebody being %s', async (_, end) => {
  const who = await anAdministrator()
  const answers = [await open(who.client, live), await open(who.client, '/endless')]
  expect(answers.map(({ status }) => status)).toEqual([200, 200])

  await end(who)

  expect(await Promise.all(answers.map(endedWithin5s))).toEqual(['ended', 'ended'])
})

test('a live view ends with the token that opened it', async () => {
  const { client } = await anAdministrator()
  const made = await client.post('/api-tokens', { name: 'live', scopes: ['requests:read'] })
  const answer = await open({ cookie: '' }, live, {}, { authorization: `Bearer ${made.body.token}` })
  expect(answer.status).toBe(200)

  await client.delete(`/api-tokens/${made.body.id}`)

  expect(await endedWithin5s(answer)).toBe('ended')
})

test('the live view of somebody whose right goes on stays open, and is no use of their session', async () => {
  const { user, client } = await anAdministrator()
  const answer = await open(client, live)
  const isTheirs = eq(sessions.userId, user.id)
  const before = new Date(Date.now() - 600_000).toISOString()
  await app.db.update(sessions).set({ lastSeenAt: before }).where(isTheirs)

  expect(await Promise.race([ended(answer), pause(4500, 'still open')])).toBe('still open')
  const [session] = await app.db.select().from(sessions).where(isTheirs)
  expect(session?.lastSeenAt).toBe(before)
})

test('a user has at most eight live views, and may open another one when one is closed', async () => {
  const { client } = await anAdministrator()
  const answers = await Promise.all(Array.from({ length: 9 }, () => open(client, live)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(8)
  const refused = answers.find(({ status }) => status === 429)
  expect(refused?.headers.get('retry-after')).toBe('10')
  expect(await refused?.json()).toMatchObject({ code: 'too_many_requests' })

  await answers.find(({ status }) => status === 200)?.body?.cancel()

  await expect.poll(async () => (await open(client, live)).status).toBe(200)
})

test('64 different filters are watched at most, and those who share one of them are let in', async () => {
  const watchers = await Promise.all(Array.from({ length: 9 }, anAdministrator))
  const filters = Array.from({ length: 65 }, (_, number) => `${live}?q=word${number}`)
  const statuses: number[] = []
  for (const [index, filter] of filters.entries())
    statuses.push((await open((watchers[index >> 3] as (typeof watchers)[0]).client, filter)).status)
  const { client } = await anAdministrator()

  // The views of the tests before may still be closing.
  expect(statuses.slice(0, 60).every((status) => status === 200)).toBe(true)
  expect(statuses.at(-1)).toBe(429)
  expect((await open(client, filters[0] as string)).status).toBe(200)
})

test('HEAD is answered', async () => {
  const { client } = await anAdministrator()

  const answer = await open(client, live, { method: 'HEAD', signal: AbortSignal.timeout(3000) })

  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
})

test('who leaves during the first count leaves no failure in the log', async () => {
  const { client } = await anAdministrator()
  let release = () => undefined as void
  countsToHold = new Promise((resolve) => {
    release = () => resolve()
  })
  const leaving = new AbortController()
  const answer = await open(client, live, { signal: leaving.signal })
  leaving.abort()
  await ended(answer)
  release()

  // The next view is counted after the one that was left.
  const next = await open(client, live)
  const { value } = (await next.body?.getReader().read()) ?? {}
  expect(new TextDecoder().decode(value)).toContain('retry')
  expect(failures).toEqual([])
})
