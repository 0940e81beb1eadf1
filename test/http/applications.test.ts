import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aFlow, aGroup, anApplication, aUser, password } from '../support/directory.ts'
import { aGrantRow } from '../support/history.ts'

let app: TestApp
let admin: Client

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
})
afterAll(() => app.close())

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
