/** What happened to the access of somebody who left, and by which names people are found afterwards. */
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { users } from '../../src/features/directory/users/users.table.ts'
import { apiTokens, sessions } from '../../src/features/sessions/sessions.table.ts'
import type { TestApp } from '../support/app.ts'
import { administrator, startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aFlow, aGroup, aUser, password, unique } from '../support/directory.ts'
import { aGrantRow } from '../support/history.ts'

let app: TestApp
let admin: Client
beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
})
afterAll(() => app.close())

const suspend = (id: string) => admin.patch(`/users/${id}`, { state: 'suspended' })
const leavingOf = async (id: string) => (await admin.get(`/users/${id}/leaving`)).body
const leavers = async () => (await admin.get('/leavers')).body.items

async function aFlowWithGroup() {
  const group = await aGroup(admin)
  const flow = await aFlow(admin, { groupId: group.id })
  return { group, flow: { id: flow.id, name: flow.name, groupId: group.id } }
}

test('of somebody who never left there is nothing to tell, and of nobody there is nothing', async () => {
  const user = await aUser(admin)

  expect(await leavingOf(user.id)).toEqual({
    state: 'activated',
    since: null,
    removedAt: null,
    by: null,
    requests: [],
    grants: [],
    memberships: [],
    steps: [],
    reports: [],
  })
  expect((await admin.get('/users/01920000-0000-7000-8000-000000000000/leaving')).status).toBe(404)
})

test('says who suspended them, what they had, and which memberships somebody has to decide about', async () => {
  const user = await aUser(admin)
  const { group, flow } = await aFlowWithGroup()
  const plain = await aGroup(admin)
  for (const { id } of [group, plain]) await admin.put(`/user-groups/${id}/members/${user.id}`)
  const open = await aGrantRow(app.db, { flow, user })
  const longAgo = await aGrantRow(app.db, { flow, user }, { endedAt: '2026-01-02T00:00:00.000Z' })

  await suspend(user.id)

  const told = await leavingOf(user.id)
  expect(told).toMatchObject({ state: 'suspended', by: { type: 'user', name: expect.any(String) } })
  expect(Date.now() - Date.parse(told.since)).toBeLessThan(60_000)
  expect(told.grants).toEqual([
    {
      id: open.id,
      accessRequestId: open.accessRequestId,
      flow: { id: flow.id, name: flow.name },
      group: { id: group.id, name: group.name },
      target: null,
      endedAt: null,
      endError: null,
    },
  ])
  expect(JSON.stringify(told)).not.toContain(longAgo.id)
  // The other group gives nothing that is asked for.
  expect(told.memberships).toEqual([
    { group: { id: group.id, name: group.name }, target: null, flows: [{ id: flow.id, name: flow.name }] },
  ])
  expect(await leavers()).toContainEqual({
    id: user.id,
    name: user.name,
    email: user.email,
    since: told.since,
    openGrants: 1,
    memberships: 1,
  })
})

test('names the people who still have them as their manager', async () => {
  const manager = await aUser(admin)
  const report = await aUser(admin, { managerId: manager.id })
  await aUser(admin, { managerId: manager.id, state: 'staged' })

  await suspend(manager.id)

  expect(await leavingOf(manager.id)).toMatchObject({ reports: [{ id: report.id, name: report.name }] })
})

test('who has nothing left is on no list, and who is back has no membership to be decided about', async () => {
  const user = await aUser(admin)
  const { group } = await aFlowWithGroup()
  await admin.put(`/user-groups/${group.id}/members/${user.id}`)
  const isListed = async () => (await leavers()).some(({ id }: { id: string }) => id === user.id)
  expect(await isListed()).toBe(false)

  await suspend(user.id)
  expect(await isListed()).toBe(true)
  await admin.delete(`/user-groups/${group.id}/members/${user.id}`)
  expect(await isListed()).toBe(false)

  await admin.put(`/user-groups/${group.id}/members/${user.id}`)
  await admin.patch(`/users/${user.id}`, { state: 'activated' })
  expect(await isListed()).toBe(false)
  expect(await leavingOf(user.id)).toMatchObject({ state: 'activated', since: expect.any(String), memberships: [] })
})

test('whatever route somebody leaves by, nothing that they signed in with comes back with them', async () => {
  const user = await aUser(admin, { password })
  const client = await app.signIn(user.email, password)
  const { body: token } = await client.post('/api-tokens', { name: 'Script' })
  const withToken = app.client({ token: token.token })
  expect((await withToken.get('/me')).status).toBe(200)
  const become = (state: 'activated' | 'suspended') => app.db.update(users).set({ state }).where(eq(users.id, user.id))

  await become('suspended')
  await become('activated')

  expect([(await client.get('/me')).status, (await withToken.get('/me')).status]).toEqual([401, 401])
  expect(await app.db.select().from(sessions).where(eq(sessions.userId, user.id))).toEqual([])
  const [kept] = await app.db.select().from(apiTokens).where(eq(apiTokens.userId, user.id))
  expect(kept?.revokedAt).not.toBeNull()
  // It was done behind the service.
  expect(await leavingOf(user.id)).toMatchObject({ by: null, since: expect.any(String) })
})

test('whom their source took away is there again when they are activated', async () => {
  const user = await aUser(admin)
  await app.db.update(users).set({ state: 'suspended', removedAt: sql`now()` }).where(eq(users.id, user.id))
  expect(await leavingOf(user.id)).toMatchObject({ removedAt: expect.any(String) })

  await admin.patch(`/users/${user.id}`, { state: 'activated' })

  expect(await leavingOf(user.id)).toMatchObject({ removedAt: null })
})

test('people are found by the names and addresses they had', async () => {
  const [maiden, married] = [unique('Brontë'), unique('Nicholls')]
  const user = await aUser(admin, { name: `Charlotte ${maiden}`, email: 'currer.bell@example.test' })
  const found = async (q: string) => {
    const { items } = (await admin.get(`/users?q=${encodeURIComponent(q)}`)).body
    return items.some(({ id }: { id: string }) => id === user.id)
  }

  await admin.patch(`/users/${user.id}`, { name: `Charlotte ${married}` })
  await admin.patch(`/users/${user.id}`, { email: 'charlotte.nicholls@example.test' })

  expect(
    await Promise.all([maiden.replace('ë', 'e'), married, 'currer.bell', 'charlotte.nicholls'].map(found)),
  ).toEqual([true, true, true, true])
})

test('only administrators are told', async () => {
  const user = await aUser(admin, { password })
  const client = await app.signIn(user.email, password)

  expect((await client.get(`/users/${user.id}/leaving`)).status).toBe(403)
  expect((await client.get('/leavers')).status).toBe(403)
  expect((await admin.get('/leavers?x=1')).status).toBe(422)
  expect(administrator.email).not.toBe(user.email)
})
