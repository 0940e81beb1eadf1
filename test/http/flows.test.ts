import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { userGroups } from '../../src/features/directory/groups/groups.table.ts'
import { directoryChanges } from '../../src/features/requests/directory-changes.table.ts'
import { accessRequests } from '../../src/features/requests/requests.table.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aFlow, aGroup, aUser, password, unique } from '../support/directory.ts'
import { aGrantRow, aRequestRow } from '../support/history.ts'

let app: TestApp
let admin: Client
const unknown = '01920000-0000-7000-8000-000000000000'

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
})
afterAll(() => app.close())

const toldOf = async (flowId: string) =>
  (await app.db.select().from(directoryChanges).where(eq(directoryChanges.changedId, flowId))).map(({ kind }) => kind)

/** The body of a PUT from what a GET answered. */
function bodyOf(flow: Record<string, unknown>) {
  const shown = new Set(['id', 'groupName', 'openRequests', 'createdAt', 'updatedAt'])
  return Object.fromEntries(Object.entries(flow).filter(([field]) => !shown.has(field)))
}

describe('an approval flow', () => {
  test('is created with what was left out filled in', async () => {
    const [group, user] = [await aGroup(admin), await aUser(admin)]
    const approvers = [
      { kind: 'manager' },
      { kind: 'resource_owner', userId: user.id },
      { kind: 'user_group', groupId: group.id, required: 'all' },
    ]

    const flow = await aFlow(admin, {
      groupId: group.id,
      approvers,
      approvalRequirement: 'all',
      durations: ['P5D', 'PT8H'],
    })

    expect(flow).toMatchObject({
      description: '',
      color: null,
      logoUrl: null,
      enabled: true,
      groupName: group.name,
      visibleToGroupIds: [],
      approvers,
      durations: ['P5D', 'PT8H'],
      connectorId: null,
      openRequests: 0,
      version: 1,
    })
    expect((await admin.get(`/approval-flows/${flow.id}`)).body).toEqual(flow)
  })

  test('that contradicts itself is refused, naming every field', async () => {
    const [group, user] = [await aGroup(admin), await aUser(admin)]
    const bad: [Record<string, unknown>, string[]][] = [
      [{ approvers: [] }, ['approvers']],
      [{ approvalType: 'automatic', approvers: [{ kind: 'manager' }] }, ['approvers']],
      [{ approvers: [{ kind: 'administrator' }, { kind: 'manager' }] }, ['approvers.1.kind']],
      [{ approvers: [{ kind: 'manager', userId: user.id }] }, ['approvers.0.userId']],
      [{ approvers: [{ kind: 'user' }, { kind: 'user_group' }] }, ['approvers.0.userId', 'approvers.1.groupId']],
      [{ approvers: [{ kind: 'user_group', groupId: group.id, required: 0 }] }, ['approvers.0.required']],
      [{ approvers: [{ kind: 'user_group', groupId: group.id, required: 101 }] }, ['approvers.0.required']],
      [{ approvers: [{ kind: 'user', userId: user.id, required: 1 }] }, ['approvers.0.required']],
      [{ approvers: [{ kind: 'manager' }, { kind: 'manager' }] }, ['approvers.1']],
      [
        { durations: ['P0D', 'P10Y', 'soon', 'P5D', 'P5D'] },
        ['durations.0', 'durations.1', 'durations.2', 'durations.4'],
      ],
      [{ groupId: unknown }, ['groupId']],
      [{ approvers: [{ kind: 'user', userId: unknown }] }, ['approvers.0.userId']],
      [
        { approvers: [{ kind: 'user_group', groupId: unknown }], visibleToGroupIds: [group.id, unknown] },
        ['visibleToGroupIds.1', 'approvers.0.groupId'],
      ],
      [{ connectorId: unknown }, ['connectorId']],
      [{ approvers: [{ kind: 'robot' }] }, ['approvers.0.kind']],
    ]
    for (const [fields, paths] of bad) {
      const answer = await admin.post('/approval-flows', {
        name: 'Bad',
        groupId: group.id,
        approvalType: 'manual',
        approvers: [{ kind: 'manager' }],
        ...fields,
      })
      expect([answer.status, answer.body.errors.map(({ path }: { path: string }) => path)]).toEqual([422, paths])
    }
  })

  test('is replaced as a whole, and a version that is not the current one is a conflict', async () => {
    const flow = await aFlow(admin, { durations: ['P5D'], description: 'old' })

    const changed = await admin.put(`/approval-flows/${flow.id}`, {
      ...bodyOf(flow),
      description: undefined,
      durations: [],
    })
    const stale = await admin.put(`/approval-flows/${flow.id}`, { ...bodyOf(flow), name: 'too late' })

    expect(changed.body).toMatchObject({ name: flow.name, description: '', durations: [], version: 2 })
    expect([stale.status, stale.body.code, stale.body.currentVersion]).toEqual([409, 'conflict', 2])
    const events = await admin.get(
      `/directory-insights/events?eventType=access_management_approval_flow_update&q=${encodeURIComponent(flow.name)}`,
    )
    expect(events.body.items[0].changes).toEqual([
      { field: 'description', from: 'old', to: '' },
      { field: 'durations', from: ['P5D'], to: [] },
    ])
  })

  test('with open requests is changed only when that is confirmed, and the requests are left alone', async () => {
    const [flow, user] = [await aFlow(admin), await aUser(admin)]
    const id = await aRequestRow(app.db, { flow, user }, 'missing_data')
    await aRequestRow(app.db, { flow, user }, 'denied')

    const asked = await admin.put(`/approval-flows/${flow.id}`, { ...bodyOf(flow), name: unique('Renamed') })
    const confirmed = await admin.put(`/approval-flows/${flow.id}?confirm=true`, {
      ...bodyOf(flow),
      name: unique('Renamed'),
    })

    expect([asked.status, asked.body.code, asked.body.openRequests]).toEqual([409, 'confirmation_required', 1])
    expect([confirmed.status, confirmed.body.openRequests]).toEqual([200, 1])
    expect(await toldOf(flow.id)).toEqual([])
    expect(
      await app.db.select({ status: accessRequests.status }).from(accessRequests).where(eq(accessRequests.id, id)),
    ).toEqual([{ status: 'missing_data' }])
  })

  test('that is disabled tells its open requests, once', async () => {
    const flow = await aFlow(admin)

    await admin.put(`/approval-flows/${flow.id}`, { ...bodyOf(flow), enabled: false, version: undefined })
    await admin.put(`/approval-flows/${flow.id}`, {
      ...bodyOf(flow),
      enabled: false,
      description: 'still off',
      version: undefined,
    })

    expect(await toldOf(flow.id)).toEqual(['flow_disabled'])
  })

  test('that is deleted tells its open requests and is gone everywhere', async () => {
    const [flow, user] = [await aFlow(admin), await aUser(admin)]
    await aRequestRow(app.db, { flow, user })

    const asked = await admin.delete(`/approval-flows/${flow.id}`)
    const deleted = await admin.delete(`/approval-flows/${flow.id}?confirm=true`)

    expect([asked.status, asked.body.openRequests, deleted.status]).toEqual([409, 1, 204])
    expect(await toldOf(flow.id)).toEqual(['flow_deleted'])
    expect((await admin.get(`/approval-flows?q=${encodeURIComponent(flow.name)}`)).body.items).toEqual([])
    expect((await admin.get(`/approval-flows/${flow.id}`)).status).toBe(404)
    expect((await admin.put(`/approval-flows/${flow.id}`, bodyOf(flow))).status).toBe(404)
    expect((await admin.delete(`/approval-flows/${flow.id}`)).status).toBe(404)
    expect((await admin.get(`/catalog/${flow.id}`)).status).toBe(404)
    expect((await admin.post(`/approval-flows/${flow.id}/preview`, { requesterId: user.id })).status).toBe(404)
  })

  describe('that names groups which are gone', () => {
    /** As from a version that let groups go although flows named them. */
    async function aFlowWithoutItsGroups() {
      const group = await aGroup(admin)
      const named = { approvers: [{ kind: 'user_group', groupId: group.id }], visibleToGroupIds: [group.id] }
      const flow = await aFlow(admin, named)
      await app.db.delete(userGroups).where(eq(userGroups.id, group.id))
      return flow
    }

    test('says where when it is saved again', async () => {
      const flow = await aFlowWithoutItsGroups()

      const answer = await admin.put(`/approval-flows/${flow.id}`, bodyOf(flow))

      expect(answer).toMatchObject({
        status: 422,
        body: {
          detail:
            '“Visible to” names a user group that does not exist any more. Step 1 names a user group that does not exist any more. Choose another one there.',
          errors: [
            { path: 'visibleToGroupIds.0', message: 'is not a user group', code: 'not_found', params: {} },
            { path: 'approvers.0.groupId', message: 'is not a user group', code: 'not_found', params: {} },
          ],
        },
      })
    })

    test('is switched off all the same, and on again only once it is mended', async () => {
      const flow = await aFlowWithoutItsGroups()
      const path = `/approval-flows/${flow.id}`

      const off = await admin.put(path, { ...bodyOf(flow), enabled: false })
      const { version } = off.body
      const on = await admin.put(path, { ...bodyOf(flow), version, enabled: true })
      const mended = { approvers: [{ kind: 'administrator' }], visibleToGroupIds: [] }
      const again = await admin.put(path, { ...bodyOf(flow), ...mended, version, enabled: true })

      expect([off.status, off.body.enabled]).toEqual([200, false])
      expect(on.status).toBe(422)
      expect([again.status, again.body.enabled]).toEqual([200, true])
    })
  })

  test('is found by name, state and approval type', async () => {
    const marker = unique('Findable')
    const on = await aFlow(admin, { name: `${marker} on` })
    const off = await aFlow(admin, { name: `${marker} off`, enabled: false, approvalType: 'automatic', approvers: [] })
    const ids = async (query: string) =>
      (await admin.get(`/approval-flows?q=${encodeURIComponent(marker)}&${query}`)).body.items.map(
        ({ id }: { id: string }) => id,
      )

    expect(await ids('sort=-name')).toEqual([on.id, off.id])
    expect(await ids('enabled=false')).toEqual([off.id])
    expect(await ids('enabled=true')).toEqual([on.id])
    expect(await ids('approvalType=automatic')).toEqual([off.id])
  })

  test('is found by a group that it names in whatever role', async () => {
    const groupId = (await aGroup(admin)).id
    const giving = await aFlow(admin, { groupId, name: 'A gives' })
    const shown = await aFlow(admin, { visibleToGroupIds: [groupId], name: 'B is shown' })
    const asking = await aFlow(admin, { approvers: [{ kind: 'user_group', groupId, required: 1 }], name: 'C asks' })
    await aFlow(admin)

    const { items } = (await admin.get(`/approval-flows?groupId=${groupId}`)).body

    expect(items.map(({ id }: { id: string }) => id)).toEqual([giving.id, shown.id, asking.id])
  })
})

describe('a preview', () => {
  test('names who would have to approve, and what would be missing', async () => {
    const manager = await aUser(admin)
    const [led, alone] = [await aUser(admin, { managerId: manager.id }), await aUser(admin)]
    const flow = await aFlow(admin, { approvers: [{ kind: 'manager' }] })

    const fine = await admin.post(`/approval-flows/${flow.id}/preview`, { requesterId: led.id })
    const missing = await admin.post(`/approval-flows/${flow.id}/preview`, { requesterId: alone.id })

    expect(fine.body).toMatchObject({
      outcome: 'waiting',
      missingData: [],
      steps: [
        {
          order: 1,
          kind: 'manager',
          state: 'current',
          approvers: [{ id: manager.id, name: manager.name, email: manager.email }],
          decisions: [],
        },
      ],
    })
    expect(missing.body).toMatchObject({
      outcome: 'missing',
      missingData: [{ step: 1, kind: 'manager', subjectUserId: alone.id }],
    })
    expect(await app.db.select().from(accessRequests).where(eq(accessRequests.flowId, flow.id))).toEqual([])
  })

  test('works for a flow that is not saved, under the same rules', async () => {
    const [group, user] = [await aGroup(admin), await aUser(admin)]
    const flow = { name: 'Draft', groupId: group.id, approvalType: 'automatic' }

    const automatic = await admin.post('/approval-flows/preview', { requesterId: user.id, flow })
    const bad = await admin.post('/approval-flows/preview', {
      requesterId: user.id,
      flow: { ...flow, approvalType: 'manual' },
    })
    const nobody = await admin.post('/approval-flows/preview', { requesterId: unknown, flow })
    const suspended = await admin.post('/approval-flows/preview', {
      requesterId: (await aUser(admin, { state: 'suspended' })).id,
      flow,
    })

    expect(automatic.body).toEqual({ outcome: 'approved', steps: [], missingData: [] })
    expect(bad.status).toBe(422)
    expect([nobody.status, nobody.body.errors[0].path]).toEqual([422, 'requesterId'])
    expect([suspended.status, suspended.body.errors[0].path]).toEqual([422, 'requesterId'])
  })
})

describe('the catalogue', () => {
  test('shows enabled flows that are visible to the caller, and who approves', async () => {
    const manager = await aUser(admin, { name: 'Maria Manager' })
    const user = await aUser(admin, { password, managerId: manager.id })
    const [mine, other] = [await aGroup(admin), await aGroup(admin)]
    await admin.put(`/user-groups/${mine.id}/members/${user.id}`)
    const everyone = await aFlow(admin, {
      name: unique('Cat'),
      approvers: [{ kind: 'manager' }, { kind: 'user', userId: manager.id }, { kind: 'user_group', groupId: mine.id }],
      durations: ['P5D'],
    })
    const visible = await aFlow(admin, { name: unique('Cat'), visibleToGroupIds: [other.id, mine.id] })
    const hidden = await aFlow(admin, { name: unique('Cat'), visibleToGroupIds: [other.id] })
    const disabled = await aFlow(admin, { name: unique('Cat'), enabled: false })
    const client = await app.signIn(user.email, password)

    const { items } = (await client.get('/catalog?q=cat&limit=200')).body

    expect(items.map(({ id }: { id: string }) => id)).toEqual([everyone.id, visible.id])
    expect(items[0]).toEqual({
      id: everyone.id,
      name: everyone.name,
      description: '',
      color: null,
      logoUrl: null,
      durations: ['P5D'],
      approvers: [
        { kind: 'manager', label: 'Your manager (Maria Manager)' },
        { kind: 'user', label: 'Maria Manager' },
        { kind: 'user_group', label: mine.name },
      ],
      access: 'none',
      since: null,
      until: null,
      requestId: null,
    })
    for (const flow of [hidden, disabled]) expect((await client.get(`/catalog/${flow.id}`)).status).toBe(404)
  })

  test('says what is pending and what is granted, and since when', async () => {
    const user = await aUser(admin, { password })
    const client = await app.signIn(user.email, password)
    const [pending, granted, direct, extended] = [
      await aFlow(admin),
      await aFlow(admin),
      await aFlow(admin),
      await aFlow(admin),
    ]
    const requestId = await aRequestRow(app.db, { flow: pending, user })
    const grant = await aGrantRow(app.db, { flow: granted, user }, { expiresAt: '2099-01-01T00:00:00.000Z' })
    await admin.put(`/user-groups/${direct.groupId}/members/${user.id}`)
    await aGrantRow(app.db, { flow: extended, user })
    const extension = await aRequestRow(app.db, { flow: extended, user })
    const entry = async ({ id }: { id: string }) => (await client.get(`/catalog/${id}`)).body

    expect(await entry(pending)).toMatchObject({ access: 'pending', requestId, since: expect.stringMatching(/Z$/) })
    expect(await entry(granted)).toMatchObject({
      access: 'granted',
      requestId: grant.accessRequestId,
      since: '2026-01-01T00:00:00.000Z',
    })
    expect(await entry(direct)).toMatchObject({
      access: 'granted',
      requestId: null,
      since: expect.stringMatching(/Z$/),
    })
    expect(await entry(extended)).toMatchObject({ access: 'pending', requestId: extension })
  })

  test('comes in pages', async () => {
    const user = await aUser(admin, { password })
    const client = await app.signIn(user.email, password)
    const whole = (await client.get('/catalog?limit=200')).body.items

    const first = (await client.get('/catalog?limit=3')).body
    const rest = (await client.get(`/catalog?limit=200&cursor=${first.nextCursor}`)).body

    expect([...first.items, ...rest.items]).toEqual(whole)
  })
})
