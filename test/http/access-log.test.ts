/** What changes nothing stands in DI as well: refused calls, exports, decoded histories, sign-ins refused unjudged. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAccessLog } from '../../src/features/audit/access-log.ts'
import { createRequestQueries } from '../../src/features/requests/requests.queries.repository.ts'
import { requestRoutes } from '../../src/features/requests/requests.routes.ts'
import { rateLimits } from '../../src/features/sessions/rate-limits.table.ts'
import { codecRoutes } from '../../src/platform/engine/codec.routes.ts'
import { createPayloadCodec } from '../../src/platform/engine/payload-codec.ts'
import type { Parts, TestApp } from '../support/app.ts'
import { startTestApp, unexpected } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aUser, password } from '../support/directory.ts'

let app: TestApp
let admin: Client

function moreRoutes({ db, auditLog }: Parts) {
  const accessLog = createAccessLog({ db, auditLog, onError: unexpected })
  const commands = {} as Parameters<typeof requestRoutes>[0]['commands']
  const codec = createPayloadCodec([{ id: 'test', key: randomBytes(32) }])
  return [
    ...requestRoutes({
      commands,
      queries: createRequestQueries({ db }),
      requestExpiry: 'P30D',
      workflowsUrl: null,
      recordExport: accessLog.exported,
    }),
    ...codecRoutes({ codec, recordDecoding: accessLog.decoded }),
  ]
}

beforeAll(async () => {
  app = await startTestApp({ routes: moreRoutes })
  admin = await app.signIn()
})
beforeEach(() => app.db.delete(rateLimits))
afterAll(() => app.close())

async function eventsOf(type: string, by?: string) {
  const filter = by ? `&initiatedBy=${by}` : ''
  return (await admin.get(`/directory-insights/events?eventType=${type}${filter}&limit=200`)).body.items
}

async function aPerson() {
  const user = await aUser(admin, { password })
  return { ...user, client: await app.signIn(user.email, password) }
}

describe('a refused call', () => {
  test('stands there once an hour for each kind, with who was refused what', async () => {
    const { id, email, client } = await aPerson()

    for (let i = 0; i < 5; i++) await client.get('/users?q=secret')
    await client.get('/settings')

    const events = await eventsOf('access_management_call_refused', id)
    expect(events).toHaveLength(2)
    expect(events[1]).toMatchObject({
      success: false,
      error_message: 'Only administrators may do this.',
      initiated_by: { id, type: 'user', email },
      resource: { type: 'route', id: '/api/v1/users', name: 'GET /users' },
    })
    expect(JSON.stringify(events)).not.toContain('secret')
  })

  test('stands there too when it is a 404 that may hide what others have, and not for administrators', async () => {
    const { id, client } = await aPerson()
    const hidden = '019a0000-0000-7000-8000-000000000001'

    expect((await client.get(`/access-requests/${hidden}`)).status).toBe(404)
    expect((await admin.get(`/users/${hidden}`)).status).toBe(404)

    const [event] = await eventsOf('access_management_call_refused', id)
    expect(event.resource).toEqual({
      type: 'route',
      id: `/api/v1/access-requests/${hidden}`,
      name: 'GET /access-requests/{id}',
    })
    const names = (await eventsOf('access_management_call_refused')).map((one: typeof event) => one.resource.name)
    expect(names).not.toContain('GET /users/{id}')
  })
})

test('exports stand there with their filters and how many rows they had', async () => {
  await admin.get('/access-requests/export?format=csv&status=pending,error')
  const exported = await admin.get('/directory-insights/events/export?eventType=user_create')

  const [ofEvents, ofRequests] = await eventsOf('access_management_export')
  expect(ofRequests).toMatchObject({
    success: true,
    resource: { type: 'access_requests' },
    changes: [
      { field: 'filters', to: { format: 'csv', status: ['pending', 'error'] } },
      { field: 'rows', to: 0 },
    ],
  })
  expect(ofEvents.resource.type).toBe('directory_insights_events')
  expect(ofEvents.changes[1]).toEqual({ field: 'rows', from: null, to: exported.body.length })
})

test('who decodes workflow histories stands there once an hour', async () => {
  for (let i = 0; i < 3; i++) await admin.post('/temporal/codec/decode', { payloads: [] })

  expect(await eventsOf('access_management_history_decode')).toHaveLength(1)
})

test('sign-ins that are refused unjudged stand there once for an account, and once for all that is no account', async () => {
  const { id, email } = await aPerson()
  const guess = (address: string) => app.client().signIn(address, 'a wrong password')
  const limited = async () =>
    (await eventsOf('user_login_attempt')).filter((event: { error_message: string | null }) =>
      event.error_message?.startsWith('Too many'),
    )

  for (let i = 0; i < 14; i++) await guess(email)
  for (const address of ['nobody@example.test', 'no.one@example.test'])
    for (let i = 0; i < 12; i++) await guess(address)

  const events = await limited()
  expect(events.map((event: { initiated_by: { id: string | null } }) => event.initiated_by.id)).toEqual([null, id])
  expect(events[0].initiated_by.email).toBeNull()
})
