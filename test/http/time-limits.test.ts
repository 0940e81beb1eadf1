/** A call whose handler never answers is answered all the same. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { route } from '../../src/platform/http/route.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'

let app: TestApp
let admin: Client
/** Lets the handlers go, so that nothing is left. */
let release: () => void = () => undefined
const released = new Promise<void>((resolve) => {
  release = resolve
})

const hanging = (
  method: 'get' | 'post' | 'patch',
  path: string,
  more: { limitMs?: number; contentType?: string } = {},
) =>
  route({
    method,
    path,
    summary: 'Never answers',
    tag: 'Test',
    ability: 'session.use',
    responses: { 200: { description: 'Never', ...(more.contentType ? { contentType: more.contentType } : {}) } },
    ...(more.limitMs ? { limitMs: more.limitMs } : {}),
    handler: async ({ res }) => {
      await released
      if (more.contentType) {
        res.type(more.contentType).send('at last')
        return null
      }
      throw new Error('too late to matter')
    },
  })

beforeAll(async () => {
  app = await startTestApp({
    limits: { readMs: 300, writeMs: 600 },
    routes: () => [
      hanging('get', '/hangs'),
      hanging('post', '/hangs'),
      hanging('patch', '/hangs'),
      hanging('post', '/hangs/longer', { limitMs: 1200 }),
      hanging('get', '/streams', { contentType: 'text/csv' }),
    ],
  })
  admin = await app.signIn()
})
afterAll(async () => {
  release()
  await app.close()
})

async function timed(call: ReturnType<Client['send']>) {
  const begin = Date.now()
  return { ...(await call), ms: Date.now() - begin }
}

test('reading, writing and a route with a limit of its own end after their limits', async () => {
  const [read, write, longer] = await Promise.all([
    timed(admin.get('/hangs')),
    timed(admin.post('/hangs')),
    timed(admin.post('/hangs/longer')),
  ])

  for (const answer of [read, write, longer]) {
    expect([answer.status, answer.body.code]).toEqual([503, 'service_unavailable'])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
  }
  expect([read.ms >= 300, read.ms < 600]).toEqual([true, true])
  expect([write.ms >= 600, write.ms < 1200]).toEqual([true, true])
  expect(longer.ms).toBeGreaterThanOrEqual(1200)
})

test('a write says that its outcome is not known, and when repeating is safe', async () => {
  const [keyed, keyless, patch, read] = await Promise.all([
    admin.post('/hangs', {}, { 'idempotency-key': 'hangs-1' }),
    admin.post('/hangs'),
    admin.patch('/hangs'),
    admin.get('/hangs'),
  ])

  expect(keyed.body.detail).toMatch(/not known.*same Idempotency-Key is safe/s)
  expect(keyless.body.detail).toMatch(/not known.*Idempotency-Key/s)
  expect(patch.body.detail).toMatch(/not known/)
  expect(read.body.detail).not.toMatch(/not known/)
})

test('what is repeated while the first call still hangs is not done twice', async () => {
  const key = { 'idempotency-key': 'hangs-2' }

  const first = await admin.post('/hangs', {}, key)
  const second = await admin.post('/hangs', {}, key)

  expect([first.status, second.status]).toEqual([503, 503])
})

test('a file may take as long as it takes', async () => {
  const file = admin.get('/streams')

  expect(await Promise.race([file, new Promise((resolve) => setTimeout(resolve, 1000, 'waits'))])).toBe('waits')
  release()
  expect((await file).body).toBe('at last')
})
