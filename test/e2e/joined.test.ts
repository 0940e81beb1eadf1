/**
 * Joined to a company, from end to end: a person arrives by SCIM with a manager, signs in at the identity provider, asks, and
 * the manager approves; then the company suspends them by SCIM, and within ten seconds they have nothing any more, anywhere.
 */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IdentityProvider, type ProvidedPerson, startIdentityProvider } from '../../src/local/identity-provider.ts'
import { freePort } from '../../src/platform/net/ports.ts'
import { startWebhookTarget, type WebhookTarget } from '../connectors/webhook-target.ts'
import { createBrowser } from '../support/browser.ts'
import { type Client, createClient } from '../support/client.ts'
import { aFlow, aGroup, anApplication, unique } from '../support/directory.ts'
import { createProvider, enterprise } from '../support/scim.ts'
import { createService, type Service, signIn } from '../support/service.ts'

const client = { clientId: 'gatehouse', clientSecret: randomBytes(16).toString('hex') }
const people: ProvidedPerson[] = []
let service: Service
let provider: IdentityProvider
let target: WebhookTarget
let publicUrl: string
let admin: Client

beforeAll(async () => {
  const port = await freePort()
  service = await createService({
    OIDC_ISSUER: `http://127.0.0.1:${port}`,
    OIDC_CLIENT_ID: client.clientId,
    OIDC_CLIENT_SECRET: client.clientSecret,
  })
  publicUrl = service.base.replace('127.0.0.1', 'localhost')
  provider = await startIdentityProvider({
    port,
    ...client,
    redirectUri: `${publicUrl}/auth/oidc/callback`,
    signedOutUri: `${publicUrl}/sign-in`,
    backchannelLogoutUri: `${publicUrl}/auth/oidc/backchannel-logout`,
    people: () => people,
  })
  target = await startWebhookTarget()
  await service.start()
  admin = createClient(service.base)
  await admin.signIn(signIn.email, signIn.password)
}, 180_000)
afterAll(async () => {
  await service?.close()
  await provider?.close()
  await target?.close()
})

/** Signs in at the provider. @returns a call by the session, its writes with the CSRF token */
async function byProvider(sub: string) {
  const browser = createBrowser()
  const asked = await browser.go(`${publicUrl}/auth/oidc/start`)
  const { url } = await browser.go(asked.url, { form: { sub } })
  const cookie = browser.cookieHeader(publicUrl)
  const call = async (method: string, path: string, body?: unknown) => {
    const headers = { cookie, 'content-type': 'application/json', 'x-csrf-token': csrfToken }
    const answer = await fetch(`${publicUrl}/api/v1${path}`, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
    return { status: answer.status, body: (await answer.json().catch(() => null)) as any }
  }
  let csrfToken = ''
  csrfToken = (await call('GET', '/me')).body?.csrfToken ?? ''
  return { url, call }
}

const types = () => target.calls.map(({ body }) => (JSON.parse(body) as { type: string }).type)

test('a person comes, works, and leaves', async () => {
  const { body: token } = await admin.post('/api-tokens', { name: 'HR', scopes: ['scim'] })
  const hr = createProvider(service.base, token.token)
  const boss = await hr.person({ userName: 'boss@example.test', displayName: 'The Boss' })
  const ada = await hr.person({
    userName: 'ada@example.test',
    displayName: 'Ada Lovelace',
    [enterprise]: { department: 'Analysis', manager: { value: boss.id } },
  })
  people.push(
    { sub: 'boss', name: 'The Boss', email: 'boss@example.test', emailVerified: true },
    { sub: 'ada', name: 'Ada Lovelace', email: 'ada@example.test', emailVerified: true },
  )
  const { body: connector } = await admin.post('/connectors', { name: unique('CRM'), url: target.url })
  const group = await aGroup(admin, { connectorId: connector.id })
  const application = await anApplication(admin, { groupIds: [group.id] })
  const approvers = [{ kind: 'manager' }]
  const flow = await aFlow(admin, { groupId: group.id, approvers })
  const other = await aFlow(admin, { approvers })

  const session = await byProvider('ada')
  expect((await session.call('GET', '/me')).body).toMatchObject({ user: { id: ada.id, department: 'Analysis' } })
  const asked = await session.call('POST', '/access-requests', { approvalFlowId: flow.id, reason: 'Engines' })
  expect(asked).toMatchObject({ status: 201, body: { requester: { manager: { id: boss.id } } } })
  const waiting = await session.call('POST', '/access-requests', { approvalFlowId: other.id, reason: 'Later' })
  const approver = await byProvider('boss')
  await expect
    .poll(
      async () =>
        (await approver.call('POST', `/access-requests/${asked.body.id}/decisions`, { decision: 'approve' })).status,
    )
    .toBe(200)
  const applications = async () => (await session.call('GET', '/me/applications')).body.items
  await expect.poll(applications, { timeout: 10_000 }).toMatchObject([{ id: application.id }])
  expect(types()).toEqual(['membership.added'])
  const script = (await session.call('POST', '/api-tokens', { name: 'Script' })).body

  const { status } = await hr.patch(`/Users/${ada.id}`, [{ op: 'Replace', path: 'active', value: 'False' }])

  expect([200, 204]).toContain(status)
  const withToken = createClient(service.base, { token: script.token })
  expect([(await session.call('GET', '/me')).status, (await withToken.get('/me')).status]).toEqual([401, 401])
  const leaving = async () => (await admin.get(`/users/${ada.id}/leaving`)).body
  await expect.poll(leaving, { timeout: 10_000 }).toMatchObject({
    state: 'suspended',
    by: { type: 'source' },
    requests: [{ id: waiting.body.id, status: 'canceled' }],
    grants: [{ accessRequestId: asked.body.id, target: connector.name, endedAt: expect.any(String), endError: null }],
    memberships: [],
  })
  expect(types()).toEqual(['membership.added', 'membership.removed'])
  expect((await approver.call('GET', '/me/approvals')).body.items).toEqual([])
  const refused = await byProvider('ada')
  expect([refused.url.searchParams.get('code'), (await refused.call('GET', '/me')).status]).toEqual(['suspended', 401])
}, 120_000)
