/** Logos come from our own origin: the service fetches what flows and applications name, and nothing else. */
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AccessRequest } from '../../src/domain/request/record.ts'
import { logosRoutes } from '../../src/features/logos/logos.routes.ts'
import { createLogos, type Logos } from '../../src/features/logos/logos.ts'
import { accessRequests } from '../../src/features/requests/requests.table.ts'
import type { WebhookTarget } from '../connectors/webhook-target.ts'
import { largest, png, startLogoHost, svg } from '../logos/logo-host.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aFlow, aGroup, anApplication, aUser, password } from '../support/directory.ts'

const unknown = '01920000-0000-7000-8000-000000000000'

let host: WebhookTarget
let logos: Logos
let failures: string[]
let app: TestApp
let admin: Client

beforeAll(async () => {
  host = await startLogoHost()
  logos = createLogos({ allowPrivate: true, timeoutMs: 500, onFailure: (_, error) => failures.push(String(error)) })
  app = await startTestApp({ routes: ({ db }) => logosRoutes({ db, logos }) })
  admin = await app.signIn()
})
beforeEach(() => {
  failures = []
})
afterAll(async () => {
  await app.close()
  await logos.close()
  await host.close()
})

const at = (path: string) => new URL(path, host.url).href
const fetched = (path: string) => host.calls.filter((call) => call.path === path).length

async function addressOf(logoUrl: string): Promise<string> {
  return `/approval-flows/${(await aFlow(admin, { logoUrl })).id}/logo`
}

/** A request as the queue's row has it; what is in its record does not matter here. */
async function aWaitingRequest(flowFields: Record<string, unknown>) {
  const [requester, approver] = [await aUser(admin, { password }), await aUser(admin, { password })]
  const flow = await aFlow(admin, { logoUrl: at('/logo.png'), ...flowFields })
  const now = new Date().toISOString()
  await app.db.insert(accessRequests).values({
    ...{ id: uuidv7(), version: 1, status: 'pending', queue: 'others', approvalType: 'manual' },
    ...{ flowId: flow.id, flowName: flow.name, requesterId: requester.id, requesterName: requester.name },
    ...{
      createdAt: now,
      updatedAt: now,
      awaitedIds: [approver.id],
      record: { reason: 'I am on call.' } as AccessRequest,
    },
  })
  return { requester, approver, flow }
}

async function pictureAt(path: string, { cookie = '' } = admin) {
  const answer = await fetch(`${app.base}/api/v1${path}`, { headers: { cookie } })
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) }
}

describe('a logo', () => {
  test('of a flow is answered byte for byte, with headers under which it can do no harm', async () => {
    const { status, headers, bytes } = await pictureAt(`${await addressOf(at('/logo.png'))}?v=1a2b`)

    expect(status).toBe(200)
    expect(bytes.equals(png)).toBe(true)
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'private, max-age=3600',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
    })
  })

  test('of an application may be an SVG, whose scripts the headers put to sleep', async () => {
    const { id } = await anApplication(admin, { logoUrl: at('/logo.svg') })

    const { status, headers, bytes } = await pictureAt(`/applications/${id}/logo`)

    expect([status, headers.get('content-type'), bytes.toString()]).toEqual([200, 'image/svg+xml', svg])
    expect(headers.get('content-security-policy')).toContain('sandbox')
  })

  test('may have 256 kB', async () => {
    expect((await pictureAt(await addressOf(at('/largest.webp')))).bytes.length).toBe(largest)
  })

  test.each([
    ['a page', '/page.html'],
    ['of no type', '/untyped'],
    ['empty', '/empty.png'],
    ['packed unasked', '/packed.svg'],
    ['a byte too big', '/huge.png'],
    ['endless', '/endless.png'],
    ['a redirect', '/moved.png'],
    ['gone', '/gone.png'],
    ['cut off', '/cut.png'],
    ['never answered', '/silent.png'],
    ['never answered to its end', '/stalling.png'],
  ])('that is %s is not there', async (_, path) => {
    const before = fetched('/logo.png')

    const answer = await admin.get(await addressOf(at(path)))

    expect([answer.status, answer.headers.get('content-type'), answer.body.code]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
      'not_found',
    ])
    expect(failures).toHaveLength(1)
    expect([fetched(path), fetched('/logo.png')]).toEqual([1, before])
  })

  test('at a host that nobody knows is not there', async () => {
    expect((await admin.get(await addressOf('http://nowhere.invalid/logo.png'))).body.code).toBe('not_found')
  })

  test('of a flow for everybody is there for whoever is signed in and for every token, and for nobody else', async () => {
    const path = await addressOf(at('/logo.png'))
    const { email } = await aUser(admin, { password })
    const { token } = (await admin.post('/api-tokens', { name: 'Auditor', scopes: ['audit:read'] })).body

    const callers = [await app.signIn(email, password), app.client({ token }), app.client()]

    expect(await Promise.all(callers.map(async (one) => (await one.get(path)).status))).toEqual([200, 200, 401])
  })

  test('does not exist where there is none, no flow or application, or a deleted one', async () => {
    const bare = await aFlow(admin)
    const flow = await aFlow(admin, { logoUrl: at('/logo.png') })
    const application = await anApplication(admin, { logoUrl: at('/logo.png') })
    await admin.delete(`/approval-flows/${flow.id}`)
    await admin.delete(`/applications/${application.id}`)

    const paths = [bare.id, flow.id, unknown, 'x'].map((id) => `/approval-flows/${id}/logo`)
    const more = [application.id, unknown].map((id) => `/applications/${id}/logo`)
    const codes = await Promise.all([...paths, ...more].map(async (path) => (await admin.get(path)).body.code))

    expect(codes).toEqual(Array(6).fill('not_found'))
  })

  test('of a flow that is not in the catalogue of a user does not exist for them', async () => {
    const [group, outsider, insider] = [
      await aGroup(admin),
      await aUser(admin, { password }),
      await aUser(admin, { password }),
    ]
    await admin.put(`/user-groups/${group.id}/members/${insider.id}`)
    const hidden = await aFlow(admin, { logoUrl: at('/logo.png'), visibleToGroupIds: [group.id] })
    const disabled = await aFlow(admin, { logoUrl: at('/logo.png'), enabled: false })
    const clients = [await app.signIn(outsider.email, password), await app.signIn(insider.email, password), admin]

    const statuses = (id: string) =>
      Promise.all(clients.map(async (client) => (await client.get(`/approval-flows/${id}/logo`)).status))

    expect(await statuses(hidden.id)).toEqual([404, 200, 200])
    expect(await statuses(disabled.id)).toEqual([404, 404, 200])
    const refused = (await clients[0]?.get(`/approval-flows/${hidden.id}/logo`))?.body
    const none = (await clients[0]?.get(`/approval-flows/${unknown}/logo`))?.body
    expect({ ...refused, requestId: null, instance: null }).toEqual({ ...none, requestId: null, instance: null })
  })

  test('of a flow is there for who has asked by it or decides on such a request', async () => {
    const { requester, approver, flow } = await aWaitingRequest({ visibleToGroupIds: [(await aGroup(admin)).id] })
    const other = await aUser(admin, { password })

    const people = [requester, approver, other].map(async ({ email }) => app.signIn(email, password))
    const answers = (await Promise.all(people)).map((client) => client.get(`/approval-flows/${flow.id}/logo`))

    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 404])
  })

  test('of an application is there for who has it, or decides on a request of somebody who has it', async () => {
    const { requester, approver } = await aWaitingRequest({})
    const other = await aUser(admin, { password })
    const group = await aGroup(admin)
    const { id } = await anApplication(admin, { logoUrl: at('/logo.png'), groupIds: [group.id] })
    await admin.put(`/user-groups/${group.id}/members/${requester.id}`)

    const people = [requester, approver, other].map(async ({ email }) => app.signIn(email, password))
    const answers = (await Promise.all(people)).map((client) => client.get(`/applications/${id}/logo`))

    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 404])
  })

  test('is chosen by what is stored: the caller names no address', async () => {
    const path = await addressOf(at('/logo.png'))

    const answer = await admin.get(`${path}?url=${encodeURIComponent(at('/logo.svg'))}`)

    expect([answer.status, answer.body.code]).toEqual([422, 'invalid_input'])
  })
})
