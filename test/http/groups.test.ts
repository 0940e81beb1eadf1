import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aFlow, aGroup, anApplication, aUser, password, unique } from '../support/directory.ts'
import { aGrantRow } from '../support/history.ts'

let app: TestApp
let admin: Client
let target: Server
let targetUrl: string
/** What the target answers, and what it was sent. */
let targetStatus = 200
/** While set, the target does not answer. */
let hold: Promise<void> | undefined
let received: { type: string; data: { user: { id: string } } }[] = []

beforeAll(async () => {
  target = createServer((req, res) => {
    let text = ''
    req.on('data', (chunk) => (text += chunk))
    const answer = () =>
      res.writeHead(targetStatus, { 'content-type': 'text/plain' }).end(targetStatus < 300 ? '' : 'the target says no')
    req.on('end', () => {
      received.push(JSON.parse(text))
      if (hold) void hold.then(answer)
      else answer()
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => target.once('listening', resolve))
  targetUrl = `http://127.0.0.1:${(target.address() as AddressInfo).port}/`
  app = await startTestApp()
  admin = await app.signIn()
})
afterAll(async () => {
  await app.close()
  target.close()
})

async function aConnectedGroup() {
  const connector = (await admin.post('/connectors', { name: unique('Connector'), url: targetUrl })).body
  received = []
  return aGroup(admin, { connectorId: connector.id })
}

const memberIds = async (groupId: string) =>
  (await admin.get(`/user-groups/${groupId}/members`)).body.items.map(({ id }: { id: string }) => id)

describe('a user group', () => {
  test('is created, changed, found and deleted', async () => {
    const group = await aGroup(admin, { description: 'Two\nlines' })

    const changed = await admin.patch(`/user-groups/${group.id}`, { name: `${group.name} renamed` })
    const found = await admin.get(`/user-groups?q=${encodeURIComponent('RENAMED')}`)
    const deleted = await admin.delete(`/user-groups/${group.id}`)

    expect(group).toMatchObject({ description: 'Two\nlines', connectorId: null, memberCount: 0 })
    expect(changed.body.name).toBe(`${group.name} renamed`)
    expect(found.body.items).toEqual([changed.body])
    expect([deleted.status, (await admin.get(`/user-groups/${group.id}`)).status]).toEqual([204, 404])
  })

  test('has a name of its own, in whatever case', async () => {
    const group = await aGroup(admin)

    expect((await admin.post('/user-groups', { name: group.name.toUpperCase() })).status).toBe(409)
    expect((await admin.patch(`/user-groups/${(await aGroup(admin)).id}`, { name: group.name })).status).toBe(409)
  })

  test('names a connector that exists', async () => {
    const answer = await admin.post('/user-groups', {
      name: unique('Group'),
      connectorId: '01920000-0000-7000-8000-000000000000',
    })

    expect([answer.status, answer.body.errors]).toEqual([
      422,
      [{ path: 'connectorId', message: 'is not a connector', code: 'not_found', params: {} }],
    ])
  })

  test('keeps its connector while it has members', async () => {
    const group = await aConnectedGroup()
    await admin.put(`/user-groups/${group.id}/members/${(await aUser(admin)).id}`)

    const answer = await admin.patch(`/user-groups/${group.id}`, { connectorId: null })

    expect([answer.status, answer.body.code]).toEqual([409, 'conflict'])
  })
})

describe('deleting a group', () => {
  test('to which a flow adds people is refused, naming the flow', async () => {
    const flow = await aFlow(admin)

    const used = await admin.delete(`/user-groups/${flow.groupId}`)

    expect([used.status, used.body.detail]).toEqual([409, expect.stringContaining(flow.name)])
  })

  test('with open grants is refused', async () => {
    const [group, user] = [await aGroup(admin), await aUser(admin)]
    const flow = await aFlow(admin)
    await aGrantRow(app.db, { flow: { ...flow, groupId: group.id }, user })

    const answer = await admin.delete(`/user-groups/${group.id}`)

    expect([answer.status, answer.body.openGrants]).toEqual([409, 1])
  })

  test.each([
    [
      'whose members a step asks',
      'asks its members',
      (groupId: string) => ({ approvers: [{ kind: 'user_group', groupId }] }),
    ],
    ['to which a flow is visible', 'is visible to it', (groupId: string) => ({ visibleToGroupIds: [groupId] })],
  ])('%s is refused, naming flow and role, until the flow is gone', async (_, role, named) => {
    const group = await aGroup(admin)
    const flow = await aFlow(admin, named(group.id))

    const refused = await admin.delete(`/user-groups/${group.id}`)

    expect(refused).toMatchObject({
      status: 409,
      body: { current: 'in_use', flows: [{ id: flow.id, name: flow.name }], detail: expect.stringContaining(role) },
    })
    await admin.delete(`/approval-flows/${flow.id}`)
    expect((await admin.delete(`/user-groups/${group.id}`)).status).toBe(204)
  })

  test('that only gives applications succeeds', async () => {
    const group = await aGroup(admin)
    const application = await anApplication(admin, { groupIds: [group.id] })

    expect((await admin.delete(`/user-groups/${group.id}`)).status).toBe(204)
    expect((await admin.get(`/applications/${application.id}`)).body.groupIds).toEqual([])
  })
})

describe('a direct member', () => {
  test('is put in and taken out, each as often as one likes', async () => {
    const [group, user] = [await aGroup(admin), await aUser(admin)]
    const path = `/user-groups/${group.id}/members/${user.id}`

    const put = await admin.put(path)
    const again = await admin.put(path)

    expect(put.body).toEqual({ groupId: group.id, userId: user.id, member: true, direct: true, heldByGrantIds: [] })
    expect(again.body).toEqual(put.body)
    expect(await memberIds(group.id)).toEqual([user.id])
    expect((await admin.get(`/user-groups/${group.id}`)).body.memberCount).toBe(1)
    expect([(await admin.delete(path)).status, (await admin.delete(path)).status]).toEqual([204, 404])
    const events = await admin.get(
      `/directory-insights/events?eventType=access_management_association_change&q=${encodeURIComponent(group.name)}`,
    )
    expect(events.body.items.map((event: { changes: unknown }) => event.changes)).toEqual([
      [{ field: 'member', from: { id: user.id, email: user.email }, to: null }],
      [{ field: 'member', from: null, to: { id: user.id, email: user.email } }],
    ])
  })

  test('goes through the connector of the group, once', async () => {
    const [group, user] = [await aConnectedGroup(), await aUser(admin)]
    const path = `/user-groups/${group.id}/members/${user.id}`

    await admin.put(path)
    await admin.put(path)
    await admin.delete(path)

    expect(received.map(({ type, data }) => [type, data.user.id])).toEqual([
      ['membership.added', user.id],
      ['membership.removed', user.id],
    ])
  })

  test('is refused for who is suspended, where a connected system would be told', async () => {
    const [group, user] = [await aConnectedGroup(), await aUser(admin)]
    await admin.patch(`/users/${user.id}`, { state: 'suspended' })

    const { status, body } = await admin.put(`/user-groups/${group.id}/members/${user.id}`)

    expect({ status, code: body.code, current: body.current }).toEqual({
      status: 409,
      code: 'conflict',
      current: 'suspended',
    })
    expect(body.detail).toContain('activate')
    expect([await memberIds(group.id), received]).toEqual([[], []])
  })

  test('is not recorded when the connected system refuses', async () => {
    const [group, user] = [await aConnectedGroup(), await aUser(admin)]
    const path = `/user-groups/${group.id}/members/${user.id}`

    targetStatus = 403
    const refused = await admin.put(path)
    targetStatus = 200
    const afterwards = await memberIds(group.id)
    await admin.put(path)
    targetStatus = 403
    const kept = await admin.delete(path)
    targetStatus = 200

    expect([refused.status, refused.body.code, refused.body.current, refused.body.detail]).toEqual([
      409,
      'connector_refused',
      'not_member',
      expect.stringContaining('the target says no'),
    ])
    expect(afterwards).toEqual([])
    expect([kept.status, kept.body.code, kept.body.current, await memberIds(group.id)]).toEqual([
      409,
      'connector_refused',
      'member',
      [user.id],
    ])
  })

  test('is not recorded when the connected system is away, and may be tried again', async () => {
    const [group, user] = [await aConnectedGroup(), await aUser(admin)]
    const path = `/user-groups/${group.id}/members/${user.id}`

    targetStatus = 503
    const away = await admin.put(path)
    targetStatus = 200
    const afterwards = await memberIds(group.id)

    expect([away.status, away.body.code, away.body.detail, away.headers.get('retry-after')]).toEqual([
      503,
      'connector_unavailable',
      expect.stringContaining('503'),
      expect.stringMatching(/^[1-9]\d*$/),
    ])
    expect(afterwards).toEqual([])
    expect((await admin.put(path)).status).toBe(200)
  })

  test('whom a grant holds as well stays in the group, and the connected system is not told', async () => {
    const [group, user] = [await aConnectedGroup(), await aUser(admin)]
    const flow = await aFlow(admin, { groupId: group.id })
    const path = `/user-groups/${group.id}/members/${user.id}`
    await admin.put(path)
    const grant = await aGrantRow(app.db, { flow, user }, { connectorId: group.connectorId })
    received = []

    const removed = await admin.delete(path)
    const again = await admin.delete(path)

    expect([removed.status, removed.body]).toEqual([
      200,
      { groupId: group.id, userId: user.id, member: true, direct: false, heldByGrantIds: [grant.id] },
    ])
    expect([again.status, again.body.code, again.body.heldByGrantIds]).toEqual([409, 'membership_held', [grant.id]])
    expect(again.body.detail).toContain(flow.name)
    expect(received).toEqual([])
  })

  test('is counted once for a person, whatever holds them in the group', async () => {
    const [group, direct, granted] = [await aGroup(admin), await aUser(admin), await aUser(admin)]
    const flow = await aFlow(admin, { groupId: group.id })
    await admin.put(`/user-groups/${group.id}/members/${direct.id}`)
    for (const user of [direct, granted]) await aGrantRow(app.db, { flow, user })
    await aGrantRow(app.db, { flow, user: await aUser(admin) }, { endedAt: '2026-01-02T00:00:00.000Z' })

    const { body } = await admin.get(`/user-groups/${group.id}`)

    expect([body.memberCount, (await admin.get(`/user-groups/${group.id}/members`)).body.items.length]).toEqual([2, 2])
  })

  test('must be a user and a group that exist', async () => {
    const [group, user] = [await aGroup(admin), await aUser(admin)]
    const unknown = '01920000-0000-7000-8000-000000000000'

    expect((await admin.put(`/user-groups/${group.id}/members/${unknown}`)).status).toBe(404)
    expect((await admin.put(`/user-groups/${unknown}/members/${user.id}`)).status).toBe(404)
    expect((await admin.get(`/user-groups/${unknown}/members`)).status).toBe(404)
  })

  test('put in twenty times at once is in once', async () => {
    const [group, user] = [await aConnectedGroup(), await aUser(admin)]

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => admin.put(`/user-groups/${group.id}/members/${user.id}`)),
    )

    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(received).toHaveLength(1)
  })

  test('changes at a target that hangs do not hold up anybody else', async () => {
    const group = await aConnectedGroup()
    const users = await Promise.all(Array.from({ length: 25 }, () => aUser(admin)))
    let release = () => {}
    hold = new Promise((resolve) => (release = resolve))

    const changes = Promise.all(users.map(({ id }) => admin.put(`/user-groups/${group.id}/members/${id}`)))
    await expect.poll(() => received.length).toBe(3)
    const meanwhile = await Promise.all(Array.from({ length: 20 }, () => admin.get('/users')))
    release()
    hold = undefined

    expect(meanwhile.every(({ status }) => status === 200)).toBe(true)
    expect((await changes).every(({ status }) => status === 200)).toBe(true)
    expect(received).toHaveLength(25)
  })
})

describe('applications', () => {
  test('are created, changed, listed and deleted, bound to groups that exist', async () => {
    const [a, b] = [await aGroup(admin), await aGroup(admin)]
    const made = await anApplication(admin, { groupIds: [a.id], color: '#3b82f6' })

    const changed = await admin.patch(`/applications/${made.id}`, {
      groupIds: [b.id],
      logoUrl: 'https://logo.example.test/x.svg',
    })
    const listed = await admin.get(`/applications?groupId=${b.id}`)
    const unknown = await admin.patch(`/applications/${made.id}`, {
      groupIds: [a.id, '01920000-0000-7000-8000-000000000000'],
    })

    expect(changed.body).toMatchObject({
      name: made.name,
      groupIds: [b.id],
      color: '#3b82f6',
      logoUrl: 'https://logo.example.test/x.svg',
    })
    expect(listed.body.items).toEqual([changed.body])
    expect([unknown.status, unknown.body.errors[0].path]).toEqual([422, 'groupIds.1'])
    expect([
      (await admin.delete(`/applications/${made.id}`)).status,
      (await admin.get(`/applications/${made.id}`)).status,
    ]).toEqual([204, 404])
  })

  test('that a script could run in are refused', async () => {
    for (const url of ['javascript:alert(1)', 'data:text/html,x', '//evil', 'ftp://x']) {
      expect((await admin.post('/applications', { name: 'X', url })).status).toBe(422)
    }
  })

  test('of a user end with the longest grant, or never when a direct membership holds them', async () => {
    const user = await aUser(admin, { password })
    const client = await app.signIn(user.email, password)
    const [a, b] = [await aGroup(admin), await aGroup(admin)]
    const flows = { a: await aFlow(admin, { groupId: a.id }), b: await aFlow(admin, { groupId: b.id }) }
    const application = await anApplication(admin, { groupIds: [a.id, b.id] })
    expect((await client.get('/me/applications')).body).toEqual({ items: [], nextCursor: null })

    await aGrantRow(app.db, { flow: flows.a, user }, { expiresAt: '2098-01-01T00:00:00.000Z' })
    await aGrantRow(app.db, { flow: flows.b, user }, { expiresAt: '2099-01-01T00:00:00.000Z' })
    const timed = (await client.get('/me/applications')).body.items
    await admin.put(`/user-groups/${a.id}/members/${user.id}`)
    const lasting = (await client.get('/me/applications')).body.items

    expect(timed).toMatchObject([{ id: application.id, url: application.url, until: '2099-01-01T00:00:00.000Z' }])
    expect(timed[0].via).toHaveLength(2)
    expect(lasting).toMatchObject([{ id: application.id, until: null }])
    expect(lasting[0].via).toContainEqual({ groupId: a.id, grantId: null, approvalFlow: null, until: null })
  })
})

describe('connectors', () => {
  test('show their secret once and never in Directory Insights', async () => {
    const made = (await admin.post('/connectors', { name: unique('Connector'), url: targetUrl })).body
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

    await admin.patch(`/connectors/${made.id}`, { secret })

    expect(made.secret).toMatch(/^whsec_/)
    expect((await admin.get(`/connectors/${made.id}`)).body).not.toHaveProperty('secret')
    const events = (await admin.get(`/directory-insights/events?q=${encodeURIComponent(made.name)}`)).body.items
    expect(events.map((event: { event_type: string }) => event.event_type)).toEqual([
      'access_management_connector_update',
      'access_management_connector_create',
    ])
    expect(JSON.stringify(events)).not.toMatch(/whsec_/)
  })

  test('in use cannot be deleted, others can', async () => {
    const group = await aConnectedGroup()

    const used = await admin.delete(`/connectors/${group.connectorId}`)
    await admin.delete(`/user-groups/${group.id}`)
    const free = await admin.delete(`/connectors/${group.connectorId}`)

    expect([used.status, free.status]).toEqual([409, 204])
  })

  test('are listed in pages', async () => {
    const all = (await admin.get('/connectors?limit=200')).body.items
    const first = (await admin.get('/connectors?limit=2')).body
    const second = (await admin.get(`/connectors?limit=200&cursor=${first.nextCursor}`)).body

    expect([...first.items, ...second.items]).toEqual(all)
    expect(second.nextCursor).toBeNull()
  })
})
