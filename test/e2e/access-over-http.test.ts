/** Access that somebody has, on the really started service: asked for again, given back, and told as it is. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../support/client.ts'
import { aFlow, aGroup, anApplication, aUser, password } from '../support/directory.ts'
import { createService, eventually, type Service, signIn } from '../support/service.ts'

let service: Service
let admin: Client

beforeAll(async () => {
  service = await createService()
  await service.start()
  admin = createClient(service.base)
  await admin.signIn(signIn.email, signIn.password)
}, 180_000)

afterAll(async () => {
  await service.close()
})

async function employed(): Promise<{ client: Client; id: string }> {
  const { id, email } = await aUser(admin, { password, state: 'activated' })
  const client = createClient(service.base)
  await client.signIn(email, password)
  return { client, id }
}

const ask = (by: Client, approvalFlowId: string, fields: Record<string, unknown> = {}) =>
  by.post('/access-requests', { approvalFlowId, reason: 'I need it.', ...fields })

async function granted(by: Client, approvalFlowId: string, fields: Record<string, unknown> = {}) {
  const { id } = (await ask(by, approvalFlowId, fields)).body
  const answer = await admin.post(`/access-requests/${id}/grant`, {})
  expect(answer).toMatchObject({ status: 200, body: { status: 'approved' } })
  return answer.body
}

const mine = async (client: Client) => (await client.get('/me/applications')).body.items

describe('whoever has access', () => {
  test('gives it back, and has it no more; nobody else can do it for them', async () => {
    const { client } = await employed()
    const flow = await aFlow(admin)
    const application = await anApplication(admin, { groupIds: [flow.groupId] })
    const { grant } = await granted(client, flow.id)
    expect(await mine(client)).toMatchObject([
      { id: application.id, via: [{ grantId: grant.id, approvalFlow: { id: flow.id, isOpen: true } }] },
    ])

    const byAnother = await (await employed()).client.post(`/grants/${grant.id}/return`)
    const byAdmin = await admin.post(`/grants/${grant.id}/return`)
    const returned = await client.post(`/grants/${grant.id}/return`)
    const again = await client.post(`/grants/${grant.id}/return`)

    expect([byAnother.status, byAdmin.status]).toEqual([404, 403])
    expect(returned).toMatchObject({ status: 200, body: { id: grant.id } })
    expect(returned.body.endedAt).not.toBeNull()
    expect(again).toMatchObject({ status: 409, body: { code: 'grant_ended' } })
    expect(await mine(client)).toEqual([])
    const me = (await client.get('/me')).body.user
    const trail = (await admin.get(`/directory-insights/events?accessRequestId=${returned.body.accessRequestId}`)).body
    expect(trail.items).toContainEqual(
      expect.objectContaining({
        event_type: 'access_management_access_revoked',
        initiated_by: expect.objectContaining({ id: me.id }),
      }),
    )
  })

  test('asks for more of it only beyond its end, and the answer says until when it lasts', async () => {
    const { client } = await employed()
    const flow = await aFlow(admin, { durations: ['P5D', 'P10D', 'P30D'] })
    const first = await granted(client, flow.id, { requestedDuration: 'P10D' })

    const shorter = await ask(client, flow.id, { requestedDuration: 'P5D' })
    const longer = await granted(client, flow.id, { requestedDuration: 'P30D' })

    expect(shorter).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'requestedDuration', code: 'too_early', params: { after: first.grant.expiresAt } }] },
    })
    expect(longer.grant.alreadyHeld).toBeNull()
    expect(longer.grant.expiresAt > first.grant.expiresAt).toBe(true)
  })

  test('for ever by then is told that an approval changed nothing, in the request and in the audit log', async () => {
    const { client } = await employed()
    const group = await aGroup(admin)
    const [one, other] = [await aFlow(admin, { groupId: group.id }), await aFlow(admin, { groupId: group.id })]
    const second = (await ask(client, other.id)).body
    const first = await granted(client, one.id)

    const approved = await admin.post(`/access-requests/${second.id}/grant`, {})

    expect(first.grant.alreadyHeld).toBeNull()
    expect(approved.body.grant.alreadyHeld).toEqual({ since: first.grant.startedAt, until: null })
    const { items } = (await admin.get(`/directory-insights/events?accessRequestId=${second.id}`)).body
    const changes = items.flatMap((event: { changes: { field: string }[] }) => event.changes)
    expect(changes).toContainEqual(expect.objectContaining({ field: 'already_held' }))
  })
})

test('access is listed with who gave it and why, without an end as well, and can be extended', async () => {
  const { client, id } = await employed()
  const [lasting, timed] = [await aFlow(admin), await aFlow(admin, { durations: ['P5D'] })]
  await granted(client, lasting.id)
  const { grant } = await granted(client, timed.id)
  const until = new Date(Date.parse(grant.expiresAt) + 86_400_000).toISOString()

  const extended = await admin.post(`/grants/${grant.id}/extend`, { until })

  const me = (await admin.get('/me')).body.user
  expect(extended).toMatchObject({ status: 200, body: { expiresAt: until } })
  const { items } = (await admin.get(`/grants?userId=${id}`)).body
  expect(items).toHaveLength(2)
  for (const each of items) expect(each).toMatchObject({ givenBy: { id: me.id, name: me.name }, reason: 'I need it.' })
  await eventually(async () => (await mine(client)).length === 0)
})
