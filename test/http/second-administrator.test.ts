/** What one administrator alone may not do where four eyes are required, and what all administrators hear of. */
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { accountActs } from '../../src/features/directory/users/account-acts.table.ts'
import { users } from '../../src/features/directory/users/users.table.ts'
import { mails } from '../../src/platform/mail/mail.table.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aFlow, aGroup, aUser, password } from '../support/directory.ts'

let app: TestApp
let founder: Client
/** Whose account the founder could not act through. */
let second: Client

function startsWith(fourEyes: 'record' | 'require'): void {
  beforeAll(async () => {
    app = await startTestApp({ fourEyes })
    founder = await app.signIn()
  })
  afterAll(() => app.close())
}

async function aSecondAdministrator(): Promise<Client> {
  const { id, email } = await aUser(founder, { password })
  await app.db
    .update(users)
    .set({ roles: ['admin'] })
    .where(eq(users.id, id))
  await app.db.update(accountActs).set({ createdAt: sql`now() - interval '31 days'` })
  return app.signIn(email, password)
}

const mailsOf = async (kind: string) =>
  (await app.db.select().from(mails)).filter((mail) => mail.kind === kind).map(({ recipientEmail }) => recipientEmail)
const rolesOf = async (id: string) => (await founder.get(`/users/${id}`)).body.roles
const openChanges = async () => (await second.get('/pending-changes')).body.items

describe('where it is only recorded', () => {
  startsWith('record')

  test('every administrator hears of a new one, and of somebody put directly into a group that a flow gives', async () => {
    second = await aSecondAdministrator()
    const { id } = await aUser(founder)
    const [given, plain] = [await aGroup(founder), await aGroup(founder)]
    await aFlow(founder, { groupId: given.id })

    expect((await founder.patch(`/users/${id}`, { roles: ['admin'] })).status).toBe(200)
    for (const group of [given, plain]) await founder.put(`/user-groups/${group.id}/members/${id}`)

    expect(await mailsOf('administrator_made')).toHaveLength(3)
    expect(await mailsOf('member_added')).toHaveLength(3)
  })
})

describe('where it is required', () => {
  startsWith('require')

  test('the founder of a fresh install makes the second administrator alone', async () => {
    const { id } = await aUser(founder)

    const answer = await founder.patch(`/users/${id}`, { roles: ['admin'] })

    expect([answer.status, answer.body.roles]).toEqual([200, ['admin']])
    await app.db.update(users).set({ state: 'suspended' }).where(eq(users.id, id))
  })

  describe('and there is a second administrator', () => {
    beforeEach(async () => {
      second ??= await aSecondAdministrator()
    })

    test('a change of roles waits until that one confirms it, and the rest of the call is done', async () => {
      second = await aSecondAdministrator()
      const { id } = await aUser(founder)

      const answer = await founder.patch(`/users/${id}`, { roles: ['admin'], department: 'Sales' })

      expect([answer.status, answer.body.roles, answer.body.department]).toEqual([202, [], 'Sales'])
      expect(await rolesOf(id)).toEqual([])
      expect(await mailsOf('change_waits')).toHaveLength(1)
      const [change] = await openChanges()
      expect(change).toMatchObject({ id: answer.body.pendingChangeId, kind: 'roles', user: { id }, roles: ['admin'] })
      const own = await founder.post(`/pending-changes/${change.id}/approve`)
      expect([own.status, own.body.code]).toEqual([403, 'own_request'])
      expect((await second.post(`/pending-changes/${change.id}/approve`)).status).toBe(204)
      expect(await rolesOf(id)).toEqual(['admin'])
      expect((await second.post(`/pending-changes/${change.id}/approve`)).status).toBe(404)
      expect(await openChanges()).toEqual([])
    })

    test('an administrator whom the first one has just made confirms nothing', async () => {
      const puppet = await aUser(founder, { password })
      await app.db
        .update(users)
        .set({ roles: ['admin'] })
        .where(eq(users.id, puppet.id))
      const { id } = await aUser(founder)
      const { pendingChangeId } = (await founder.patch(`/users/${id}`, { roles: ['admin'] })).body

      const answer = await (await app.signIn(puppet.email, password)).post(
        `/pending-changes/${pendingChangeId}/approve`,
      )

      expect([answer.status, answer.body.code]).toEqual([403, 'four_eyes'])
      expect(await rolesOf(id)).toEqual([])
      expect((await founder.post(`/pending-changes/${pendingChangeId}/reject`)).status).toBe(204)
      expect(await openChanges()).toEqual([])
    })

    test('a new administrator is created without the role until it is confirmed', async () => {
      const fields = { name: 'New', email: 'new.administrator@example.test', roles: ['admin'] }

      const answer = await founder.post('/users', fields)

      expect([answer.status, answer.body.roles]).toEqual([202, []])
      expect((await second.post(`/pending-changes/${answer.body.pendingChangeId}/approve`)).status).toBe(204)
      expect(await rolesOf(answer.body.id)).toEqual(['admin'])
    })

    test('a direct membership waits where a flow gives the group, also one’s own, and nowhere else', async () => {
      const me = (await founder.get('/me')).body.user.id
      const [given, plain] = [await aGroup(founder), await aGroup(founder)]
      await aFlow(founder, { groupId: given.id })
      const path = (group: { id: string }) => `/user-groups/${group.id}/members/${me}`

      expect((await founder.put(path(plain))).status).toBe(200)
      const answer = await founder.put(path(given))

      expect(answer.status).toBe(202)
      expect((await founder.get(`/user-groups/${given.id}/members`)).body.items).toEqual([])
      expect((await second.post(`/pending-changes/${answer.body.pendingChangeId}/approve`)).status).toBe(204)
      expect((await founder.get(`/user-groups/${given.id}/members`)).body.items).toHaveLength(1)
      expect((await founder.put(path(given))).status).toBe(200)
    })

    test('neither resets nor suspensions of the others make anybody the only administrator', async () => {
      const { id } = await aUser(founder)
      const other = (await second.get('/me')).body.user.id
      await founder.post(`/users/${other}/password-reset`)
      expect((await founder.patch(`/users/${id}`, { roles: ['admin'] })).status).toBe(202)

      await app.db
        .update(users)
        .set({ state: 'suspended' })
        .where(sql`'admin' = any(roles) and email <> 'admin@example.test'`)

      expect((await founder.patch(`/users/${id}`, { roles: ['admin'] })).status).toBe(202)
      await app.db.update(users).set({ state: 'activated' }).where(eq(users.id, other))
      await app.db.update(accountActs).set({ createdAt: sql`now() - interval '31 days'` })
    })

    test('of an approval and a rejection at once one wins, and what was rejected is not done', async () => {
      const third = await aSecondAdministrator()
      const { id } = await aUser(founder)
      const { pendingChangeId } = (await founder.patch(`/users/${id}`, { roles: ['admin'] })).body

      const answers = await Promise.all([
        third.post(`/pending-changes/${pendingChangeId}/approve`),
        founder.post(`/pending-changes/${pendingChangeId}/reject`),
      ])

      expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([204, 404])
      expect(await rolesOf(id)).toEqual(answers[0]?.status === 204 ? ['admin'] : [])
    })
  })
})
