/** Calls under one Idempotency-Key that come at the same time, and calls whose process died. */
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createIdempotency } from '../../src/platform/http/idempotency.ts'
import type { ReplyOf } from '../../src/platform/http/route.ts'
import { ok, route } from '../../src/platform/http/route.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Answer, Client } from '../support/client.ts'
import { unique } from '../support/directory.ts'

let app: TestApp
let admin: Client
const anything = { description: 'Done', schema: z.record(z.string(), z.unknown()) }
const responses = { 200: anything, 202: anything }
/** What the route of these tests does; it is given the operation id. */
let handle: (operationId: string) => Promise<ReplyOf<typeof responses>> = async () => ok({})

beforeAll(async () => {
  app = await startTestApp({
    limits: { readMs: 5000, writeMs: 3000 },
    routes: () => [
      route({
        method: 'post',
        path: '/test-work',
        summary: 'Whatever a test wants',
        tag: 'Test',
        ability: 'session.use',
        responses,
        handler: ({ operationId }) => handle(operationId),
      }),
    ],
  })
  admin = await app.signIn()
})
afterAll(() => app.close())

const times = <T>(count: number, run: () => Promise<T>) => Promise.all(Array.from({ length: count }, run))
const contentOf = ({ status, body, headers }: Answer) => ({ status, body, location: headers.get('location') })
const aKey = () => ({ 'idempotency-key': randomUUID() })

describe('eight identical calls at once', () => {
  const routes: [string, () => Record<string, unknown>][] = [
    ['/users', () => ({ name: unique('User'), email: `${randomUUID()}@example.test` })],
    ['/user-groups', () => ({ name: unique('Group') })],
    ['/applications', () => ({ name: unique('Application'), url: 'https://x.test' })],
    ['/connectors', () => ({ name: unique('Connector'), url: 'https://x.test' })],
    ['/api-tokens', () => ({ name: unique('Token') })],
  ]

  test.each(routes)('to %s get one answer and make one thing', async (path, bodyOf) => {
    const [body, key] = [bodyOf(), aKey()]

    const answers = (await times(8, () => admin.post(path, body, key))).map(contentOf)
    const later = contentOf(await admin.post(path, body, key))

    expect(answers[0]?.status).toBe(201)
    expect(answers).toEqual(Array.from({ length: 8 }, () => later))
    const { items } = (await admin.get(`${path}?limit=200`)).body
    expect(items.filter((item: { name: string }) => item.name === body['name'])).toHaveLength(1)
  })

  test('make a token that works', async () => {
    const [body, key] = [{ name: unique('Token') }, aKey()]

    const [answer] = await times(8, () => admin.post('/api-tokens', body, key))

    expect((await app.client({ token: answer?.body.token }).get('/me')).status).toBe(200)
  })

  test('are done one after the other while the answer is not final, and never twice at once', async () => {
    let running = 0
    let most = 0
    handle = async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 20))
      running--
      return { status: 202, body: {}, final: false }
    }
    const key = aKey()

    const answers = await times(8, () => admin.post('/test-work', {}, key))

    expect([answers.map(({ status }) => status), most]).toEqual([Array.from({ length: 8 }, () => 202), 1])
  })
})

describe('a call whose process died', () => {
  async function claimedBySomebodyElse(seconds: number) {
    const key = aKey()
    handle = async () => ok({ done: false })
    await admin.post('/test-work', {}, key)
    const operationId = randomUUID()
    await app.db.execute(sql`
      update idempotency_keys
      set answer = null, status = null, operation_id = ${operationId}, claim = ${randomUUID()},
        claimed_until = now() + make_interval(secs => ${seconds})
      where key = ${key['idempotency-key']}`)
    handle = async (id) => ok({ id })
    return { key, operationId }
  }

  test('is taken over under its operation id as soon as its claim has run out', async () => {
    const { key, operationId } = await claimedBySomebodyElse(1)

    const answers = await times(4, () => admin.post('/test-work', {}, key))

    expect(answers.map(({ status, body }) => [status, body])).toEqual(
      Array.from({ length: 4 }, () => [200, { id: operationId }]),
    )
  })

  test('or goes on for longer than one waits, is answered with 503 and Retry-After', async () => {
    const { key } = await claimedBySomebodyElse(60)

    const answer = await admin.post('/test-work', {}, key)

    expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).toEqual([
      503,
      'service_unavailable',
      expect.stringMatching(/^\d+$/),
    ])
  })

  test('that was only slow gives the answer of whoever took it over', async () => {
    const key = aKey()
    let calls = 0
    handle = async () => {
      const call = ++calls
      if (call > 1) return ok({ call })
      await app.db.execute(sql`update idempotency_keys set claimed_until = now() where key = ${key['idempotency-key']}`)
      await new Promise((resolve) => setTimeout(resolve, 600))
      return ok({ call })
    }

    const first = admin.post('/test-work', {}, key)
    await expect.poll(() => calls).toBe(1)
    const second = admin.post('/test-work', {}, key)

    expect((await second).body).toEqual({ call: 2 })
    expect((await first).body).toEqual({ call: 2 })
  })
})

test('a claim lasts as long as the work, also when that is longer than its lease', async () => {
  const { db, secretBox } = app
  const [first, second] = [200, 200].map((leaseMs) => createIdempotency({ db, secretBox, leaseMs }))
  if (!first || !second) throw new Error('two processes are needed')
  const call = { callerId: randomUUID(), key: 'slow', method: 'POST', path: '/slow', body: {} }
  const soon = () => Date.now() + 5000
  const claim = await first.begin(call, soon())
  if (claim.reply) throw new Error('nothing was answered yet')

  const working = first.holding(claim, () => new Promise((resolve) => setTimeout(resolve, 1000)))
  await expect(second.begin(call, Date.now() + 700)).rejects.toMatchObject({ code: 'service_unavailable' })
  await working
  const reply = { status: 200, body: { from: 'the first' }, headers: {} }
  expect(await first.finish(claim, reply)).toBe(true)

  expect(await second.begin(call, soon())).toEqual({ reply })
})

test('a call that failed is done anew by whoever waited', async () => {
  let calls = 0
  handle = async () => {
    calls++
    await new Promise((resolve) => setTimeout(resolve, 50))
    if (calls === 1) throw new Error('the first one fails')
    return ok({ calls })
  }
  const key = aKey()

  const answers = await times(4, () => admin.post('/test-work', {}, key))

  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 200, 200, 500])
  expect(calls).toBe(2)
})
