/** Groups that are deleted while the history of access names them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aFlow, aGroup, anApplication, aUser, unique } from '../support/directory.ts'
import { aGrantRow } from '../support/history.ts'

let app: TestApp
let admin: Client

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
})
afterAll(() => app.close())

const memberIds = async (groupId: string) =>
  (await admin.get(`/user-groups/${groupId}/members`)).body.items.map(({ id }: { id: string }) => id)

describe('deleting a group', () => {
  test('of which only a deleted flow is left is archived, and found among the archived ones', async () => {
    const flow = await aFlow(admin)

    await admin.delete(`/approval-flows/${flow.id}`)
    const archived = await admin.delete(`/user-groups/${flow.groupId}`)

    expect(archived.status).toBe(204)
    const kept = (await admin.get(`/user-groups/${flow.groupId}`)).body
    expect(kept.archivedAt).not.toBeNull()
    const q = encodeURIComponent(kept.name)
    expect((await admin.get(`/user-groups?q=${q}`)).body.items).toEqual([])
    expect((await admin.get(`/user-groups?state=archived&q=${q}`)).body.items).toMatchObject([{ id: flow.groupId }])
  })

  test('that ended access names archives it: its name is free, its members are out, and history keeps it', async () => {
    const [group, user] = [await aGroup(admin), await aUser(admin)]
    await admin.put(`/user-groups/${group.id}/members/${user.id}`)
    const application = await anApplication(admin, { groupIds: [group.id] })
    const given = await aFlow(admin, { groupId: group.id })
    await aGrantRow(app.db, { flow: { ...given, groupId: group.id }, user }, { endedAt: new Date().toISOString() })
    await admin.delete(`/approval-flows/${given.id}`)

    expect((await admin.delete(`/user-groups/${group.id}`)).status).toBe(204)

    expect((await admin.post('/user-groups', { name: group.name })).status).toBe(201)
    expect((await admin.get(`/grants?state=ended&userId=${user.id}`)).body.items[0].group.name).toBe(group.name)
    expect(await memberIds(group.id)).toEqual([])
    expect((await admin.get(`/applications/${application.id}`)).body.groupIds).toEqual([])
    const refused = [
      await admin.delete(`/user-groups/${group.id}`),
      await admin.patch(`/user-groups/${group.id}`, { description: 'again' }),
      await admin.put(`/user-groups/${group.id}/members/${user.id}`),
      await admin.post('/applications', { name: unique('Other'), url: 'https://a.example.test', groupIds: [group.id] }),
      await admin.post('/approval-flows', {
        name: unique('Flow'),
        approvalType: 'manual',
        approvers: [{ kind: 'administrator' }],
        groupId: group.id,
      }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404, 422, 422])
  })
})
