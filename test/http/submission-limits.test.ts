/** How often a person may ask: nobody's mailbox is filled by submitting and withdrawing. */
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { submitRequest } from '../../src/features/requests/submissions.repository.ts'
import { created, route } from '../../src/platform/http/route.ts'
import type { Parts, TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aFlow, aUser, password } from '../support/directory.ts'

let app: TestApp
let admin: Client
let me: Client

/** The row of a submission without its workflow. */
function submissionRoutes({ db, audit: { auditLog } }: Parts) {
  return [
    route({
      method: 'post',
      path: '/submissions',
      summary: 'Ask for access',
      tag: 'Test',
      ability: 'requests.submit',
      body: z.strictObject({ approvalFlowId: z.string(), now: z.string().optional() }),
      responses: { 201: { description: 'Kept', schema: z.object({ id: z.string() }) } },
      handler: async ({ body: { approvalFlowId, now = new Date().toISOString() }, actor, operationId }) => {
        const asked = { approvalFlowId, now, requesterId: actor.id, reason: 'On call', requestedDuration: null }
        const { id } = await submitRequest(db, auditLog, { ...asked, id: operationId, expiry: 'P30D' })
        return created(`/submissions/${id}`, { id })
      },
    }),
  ]
}

beforeAll(async () => {
  app = await startTestApp({ routes: submissionRoutes })
  admin = await app.signIn()
})
afterAll(() => app.close())
beforeEach(async () => {
  const { email } = await aUser(admin, { password, state: 'activated' })
  me = await app.signIn(email, password)
})

async function limits(requestsPerHour: number, requestsPerHourToFlow: number): Promise<void> {
  const { body } = await admin.get('/settings')
  expect(await admin.put('/settings', { ...body, requestsPerHour, requestsPerHourToFlow })).toMatchObject({
    status: 200,
    body: { requestsPerHour, requestsPerHourToFlow },
  })
}

const flowId = async (): Promise<string> => (await aFlow(admin)).id
const ask = (approvalFlowId: string, key: string = uuidv7(), now?: string) =>
  me.post('/submissions', { approvalFlowId, ...(now ? { now } : {}) }, { 'idempotency-key': key })
const withdraw = (id: string) => app.database.raw`update access_requests set status = 'canceled' where id = ${id}`

async function askAndWithdraw(approvalFlowId: string, now?: string) {
  const answer = await ask(approvalFlowId, uuidv7(), now)
  if (answer.status === 201) await withdraw(answer.body.id)
  return answer
}

const times = async <T>(count: number, run: () => Promise<T>): Promise<T[]> => {
  const all: T[] = []
  for (let index = 0; index < count; index++) all.push(await run())
  return all
}

describe('a person may', () => {
  test('submit and withdraw ten times an hour at one flow, and is told then when to ask again', async () => {
    const flow = await flowId()

    const taken = await times(10, () => askAndWithdraw(flow))
    const refused = await askAndWithdraw(flow)

    expect(taken.map(({ status }) => status)).toEqual(Array(10).fill(201))
    expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests'])
    expect(refused.body.detail).toMatch(
      /^You have asked this flow very often .* Ask again in 60 minutes, or talk to an/,
    )
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3500)
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(3600)
    expect((await ask(await flowId())).status).toBe(201)
  })

  test('ask thirty times an hour in all', async () => {
    const flows = await times(4, flowId)
    const taken = await Promise.all(flows.slice(0, 3).map((flow) => times(10, () => askAndWithdraw(flow))))

    const refused = await ask(flows[3] ?? '')

    expect(taken.flat().map(({ status }) => status)).toEqual(Array(30).fill(201))
    expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests'])
    expect(refused.body.detail).toContain('very much within an hour')
  })

  test('ask again when the oldest is an hour ago', async () => {
    const flow = await flowId()
    await limits(30, 2)
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
    await askAndWithdraw(flow, ago(59))
    await askAndWithdraw(flow, ago(5))

    const refused = await ask(flow)
    await app.database.raw`update access_requests set created_at = ${ago(61)} where created_at < ${ago(50)}`
    const taken = await ask(flow)

    expect([refused.status, refused.body.detail.includes('Ask again in a minute')]).toEqual([429, true])
    expect(taken.status).toBe(201)
    await limits(30, 10)
  })

  test('not pass by asking many flows at the same moment', async () => {
    await limits(5, 10)
    const flows = await times(15, flowId)

    const answers = await Promise.all(flows.map((flow) => ask(flow)))

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10)
    await limits(30, 10)
  })

  test('repeat a submission as often as needed: it is one', async () => {
    await limits(1, 1)
    const flow = await flowId()

    const first = await ask(flow, 'the-same')
    const again = await times(3, () => ask(flow, 'the-same'))
    // As if the answers had been lost with the process.
    await app.database.raw`update idempotency_keys set status = null, answer = null`
    const after = await ask(flow, 'the-same')

    expect([...again, after].map(({ status, body }) => [status, body.id])).toEqual(Array(4).fill([201, first.body.id]))
    expect((await ask(await flowId())).status).toBe(429)
    await limits(30, 10)
  })

  test('ask again under the key of a refusal when there is room: the refusal is not kept', async () => {
    await limits(1, 1)
    await ask(await flowId())
    const flow = await flowId()
    expect((await ask(flow, 'later')).status).toBe(429)
    await limits(30, 10)

    expect((await ask(flow, 'later')).status).toBe(201)
  })

  test('ask without limit where the settings say 0', async () => {
    await limits(0, 0)
    const flow = await flowId()

    const taken = await times(32, () => askAndWithdraw(flow))

    expect(taken.map(({ status }) => status)).toEqual(Array(32).fill(201))
    await limits(30, 10)
  })
})

describe('the limits', () => {
  test('are 30 and 10 at first, from 0 to 10,000, and stay as they are when they are not named', async () => {
    const { body } = await admin.get('/settings')

    expect(body).toMatchObject({ requestsPerHour: 30, requestsPerHourToFlow: 10 })
    for (const wrong of [-1, 10_001, 1.5, '5', null])
      expect((await admin.put('/settings', { ...body, requestsPerHour: wrong })).status).toBe(422)
    const { requestsPerHour: _, requestsPerHourToFlow: __, ...others } = body
    expect((await admin.put('/settings', others)).body).toMatchObject({
      requestsPerHour: 30,
      requestsPerHourToFlow: 10,
    })
  })

  test('stand in DI events when they are changed', async () => {
    await limits(29, 10)
    const { body } = await admin.get(
      '/directory-insights/events?eventType=access_management_access_request_settings_update&limit=1',
    )

    expect(body.items[0].changes).toEqual([{ field: 'requestsPerHour', from: 30, to: 29 }])
    await limits(30, 10)
  })
})
