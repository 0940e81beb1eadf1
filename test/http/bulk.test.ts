/** Many decisions at once while no worker carries them out, and the same call again when there is one. */
import { randomUUID } from 'node:crypto'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { Worker } from '@temporalio/worker'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { sessions } from '../../src/features/sessions/sessions.table.ts'
import { createWorkerParts } from '../../src/main/worker-parts.ts'
import { clientOptionsFor, workerDataConverterFor } from '../../src/platform/engine/client.ts'
import { registerSearchAttributes } from '../../src/platform/engine/search-attributes.ts'
import { testKeys } from '../replay/test-key.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aFlow, aGroup, aUser, password } from '../support/directory.ts'
import { testModuleDeps } from '../support/module-deps.ts'
import { quietRuntime } from '../support/test-server.ts'

const taskQueue = 'access-requests'
const bulkDeadlineMs = 1500

let env: TestWorkflowEnvironment
let app: TestApp
let admin: Client

beforeAll(async () => {
  quietRuntime()
  const executable = { type: 'existing-path' as const, path: inject('temporalCliPath') }
  env = await TestWorkflowEnvironment.createLocal({ client: clientOptionsFor(testKeys), server: { executable } })
  await registerSearchAttributes(env.client)
  app = await startTestApp({ client: env.client, bulkDeadlineMs })
  admin = await app.signIn()
})
afterAll(async () => {
  await app?.close()
  await env?.teardown()
})

/** Runs a worker for as long as `run` takes. */
async function working<T>(run: () => Promise<T>): Promise<T> {
  const { database, secretBox } = app
  const parts = createWorkerParts(testModuleDeps({ database, client: env.client, secretBox }))
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue,
    workflowBundle: { codePath: inject('workflowBundlePath') },
    activities: parts.activities,
    dataConverter: workerDataConverterFor(testKeys),
    shutdownForceTime: '5s',
  })
  try {
    return await worker.runUntil(run)
  } finally {
    await parts.close()
  }
}

async function askedBySomebody(count: number): Promise<string[]> {
  const { email } = await aUser(admin, { password })
  const requester = await app.signIn(email, password)
  const groupId = (await aGroup(admin)).id
  const ids: string[] = []
  for (let index = 0; index < count; index++) {
    const flow = await aFlow(admin, { groupId })
    ids.push((await requester.post('/access-requests', { approvalFlowId: flow.id, reason: 'I need it.' })).body.id)
  }
  return ids
}

test('outcomes that are not known in time are named so, all within one budget, and the same key gives them later', async () => {
  const ids = await askedBySomebody(12)
  const body = { action: 'deny', ids, reason: 'Not now.' }
  const key = { 'idempotency-key': randomUUID() }

  const begin = Date.now()
  const first = await admin.post('/access-requests/bulk', body, key)
  const took = Date.now() - begin
  const second = await working(() =>
    vi.waitFor(
      async () => {
        const answer = await admin.post('/access-requests/bulk', body, key)
        expect(answer.body.results).toEqual(ids.map((id) => ({ id, status: 'denied' })))
        return answer
      },
      { timeout: 45_000 },
    ),
  )
  const third = await admin.post('/access-requests/bulk', body, key)

  expect(first.status).toBe(200)
  expect(first.body.results).toEqual(ids.map((id) => ({ id, status: 'pending', outcome: 'unknown' })))
  // One after the other, five at once, they would take three times as long.
  expect(took).toBeLessThan(2.5 * bulkDeadlineMs)
  expect(third.body).toEqual(second.body)
  expect(third.headers.get('idempotent-replayed')).toBe('true')
})

test('eight identical submissions at once are one request', async () => {
  const { email } = await aUser(admin, { password })
  const requester = await app.signIn(email, password)
  const body = { approvalFlowId: (await aFlow(admin)).id, reason: 'Once.' }
  const key = { 'idempotency-key': randomUUID() }

  const answers = await Promise.all(Array.from({ length: 8 }, () => requester.post('/access-requests', body, key)))

  expect(answers.map(({ status, body: { id } }) => [status, id])).toEqual(
    Array.from({ length: 8 }, () => [201, answers[0]?.body.id]),
  )
  expect((await requester.get('/me/requests')).body.items).toHaveLength(1)
})

test('many are granted, and one of a flow that asks for it is decided, only after a fresh sign-in', async () => {
  const approver = await aUser(admin, { password })
  const flow = await aFlow(admin, {
    freshSignIn: true,
    approvers: [{ kind: 'user', userId: approver.id }],
  })
  const { email } = await aUser(admin, { password })
  const requester = await app.signIn(email, password)
  const { id } = (await requester.post('/access-requests', { approvalFlowId: flow.id, reason: 'I need it.' })).body
  const deciding = await app.signIn(approver.email, password)
  const program = app.client({ token: (await deciding.post('/api-tokens', { name: 'Script' })).body.token })
  const signedInBefore = (minutes: number) =>
    app.db.update(sessions).set({ authenticatedAt: sql`now() - make_interval(mins => ${minutes})` })
  await signedInBefore(6)
  const one = `/access-requests/${id}`
  const reason = 'Not now.'

  const answers = [
    await admin.post(`${one}/grant`, {}),
    await admin.post(`${one}/deny`, { reason }),
    await admin.post('/access-requests/bulk', { action: 'grant', ids: [id] }),
    await deciding.post(`${one}/decisions`, { decision: 'approve' }),
    await program.post(`${one}/decisions`, { decision: 'approve' }),
    await requester.post(`${one}/decisions`, { decision: 'approve' }),
  ]
  const many = await admin.post('/access-requests/bulk', { action: 'deny', ids: [id], reason })

  expect(answers.map(({ body }) => body.code)).toEqual([
    'fresh_sign_in_required',
    'fresh_sign_in_required',
    'fresh_sign_in_required',
    'fresh_sign_in_required',
    'forbidden',
    'fresh_sign_in_required',
  ])
  expect(many.body.results[0].problem.code).toBe('fresh_sign_in_required')
  await signedInBefore(4)
  const decided = await working(() => deciding.post(`${one}/decisions`, { decision: 'deny', reason }))
  expect([decided.status, decided.body.status]).toEqual([200, 'denied'])
})

test('who is no administrator any more decides nothing: not one, not many, with no session and no token from before', async () => {
  const { id: formerId, email } = await aUser(admin, { password, roles: ['admin'] })
  const former = await app.signIn(email, password)
  const { token } = (await former.post('/api-tokens', { name: 'From before' })).body
  const [id = ''] = await askedBySomebody(1)
  await admin.patch(`/users/${formerId}`, { roles: [] })
  const now = await app.signIn(email, password)
  const withToken = (path: string, body: object) =>
    fetch(`${app.base}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const acts = [
    ['/access-requests/bulk', { action: 'grant', ids: [id] }],
    [`/access-requests/${id}/grant`, {}],
    [`/access-requests/${id}/deny`, { reason: 'No.' }],
    [`/access-requests/${id}/decisions`, { decision: 'approve' }],
  ] as const

  await working(async () => {
    for (const [path, body] of acts) {
      expect((await former.post(path, body)).status).toBe(401)
      expect((await withToken(path, body)).status).toBe(401)
      expect([403, 404]).toContain((await now.post(path, body)).status)
    }
  })
  expect((await admin.get(`/access-requests/${id}`)).body).toMatchObject({ status: 'pending', decision: null })
})
