/** Sessions, API tokens and passwords have an end, and one act ends all of a person's. */
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountActs } from '../../src/features/directory/users/account-acts.table.ts'
import { apiTokens } from '../../src/features/sessions/sessions.table.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aUser, password } from '../support/directory.ts'

let app: TestApp
let admin: Client
beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
})
afterAll(() => app.close())

const day = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString()

async function aPerson(fields: Record<string, unknown> = {}) {
  const user = await aUser(admin, { password, ...fields })
  return { user, client: await app.signIn(user.email, password) }
}

async function aToken(client: Client, fields: Record<string, unknown> = {}) {
  const { status, body } = await client.post('/api-tokens', { name: 'Script', ...fields })
  expect(status).toBe(201)
  return { ...body, client: app.client({ token: body.token }) } as { id: string; expiresAt: string; client: Client }
}

const statusOf = async (client: Client) => (await client.get('/me')).status

describe('an API token', () => {
  test('without an end gets the latest that the settings allow, 90 days', async () => {
    const { client } = await aPerson()

    const { expiresAt } = await aToken(client)

    expect(Math.abs(Date.parse(expiresAt) - Date.now() - 90 * day)).toBeLessThan(60_000)
  })

  test('may not live longer than the settings allow', async () => {
    const { client } = await aPerson()

    const answer = await client.post('/api-tokens', { name: 'Long', expiresAt: inDays(91) })

    expect([answer.status, answer.body.errors]).toEqual([
      422,
      [
        {
          path: 'expiresAt',
          message: 'must be at most 90 days away (Settings)',
          code: 'too_late',
          params: { latest: expect.any(String) },
        },
      ],
    ])
  })

  test('lives as long as an administrator lets them, a year at most', async () => {
    const settings = (await admin.get('/settings')).body
    expect(settings.longestTokenDays).toBe(90)
    expect((await admin.put('/settings', { ...settings, longestTokenDays: 367 })).status).toBe(422)

    const changed = await admin.put('/settings', { ...settings, longestTokenDays: 366 })

    expect(changed.body.longestTokenDays).toBe(366)
    const { client } = await aPerson()
    expect((await client.post('/api-tokens', { name: 'Long', expiresAt: inDays(365) })).status).toBe(201)
    await admin.put('/settings', { ...changed.body, longestTokenDays: 90 })
  })

  test('made with a token ends with it at the latest, and with its revocation', async () => {
    const { client } = await aPerson()
    const parent = await aToken(client, { expiresAt: inDays(2) })

    const child = await aToken(parent.client)
    const grandchild = await aToken(child.client)

    expect([child.expiresAt, grandchild.expiresAt]).toEqual([parent.expiresAt, parent.expiresAt])
    const longer = await parent.client.post('/api-tokens', { name: 'Longer', expiresAt: inDays(3) })
    expect([longer.status, longer.body.errors[0].path]).toEqual([422, 'expiresAt'])
    await client.delete(`/api-tokens/${parent.id}`)
    expect(await Promise.all([parent, child, grandchild].map((one) => statusOf(one.client)))).toEqual([401, 401, 401])
  })

  test('made with a token has no more scopes than that', async () => {
    const { client } = await aPerson()
    const parent = await aToken(client, { scopes: ['settings:write', 'requests:read'] })

    const answer = await parent.client.post('/api-tokens', { name: 'More', scopes: ['requests:write'] })

    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden'])
    expect((await parent.client.post('/api-tokens', { name: 'Same' })).body.scopes).toEqual([
      'settings:write',
      'requests:read',
    ])
  })

  test('without an end, as versions before have made them, opens nothing', async () => {
    const { client } = await aPerson()
    const token = await aToken(client)
    await app.db.update(apiTokens).set({ expiresAt: null }).where(eq(apiTokens.id, token.id))

    expect(await statusOf(token.client)).toBe(401)
  })

  test('shows when and from where it was last used', async () => {
    const { client } = await aPerson()
    const token = await aToken(client)
    await statusOf(token.client)

    await expect
      .poll(async () => (await client.get('/api-tokens')).body.items[0])
      .toMatchObject({ lastUsedAt: expect.any(String), lastUsedIp: '127.0.0.1' })
  })

  test.each([
    ['sets no password', { name: 'New', email: 'new-one@example.test', password }],
    ['makes no administrator', { name: 'New', email: 'new-one@example.test', roles: ['admin'] }],
  ])('%s, whatever its scopes', async (_, body) => {
    const { client } = await aPerson({ roles: ['admin'] })
    const token = await aToken(client)

    const other = await aUser(admin)
    const answers = [
      await token.client.post('/users', body),
      await token.client.patch(`/users/${other.id}`, { roles: ['admin'] }),
      await token.client.post(`/users/${other.id}/invitation`),
      await token.client.post(`/users/${other.id}/password-reset`),
      await token.client.get('/me/sessions'),
    ]

    expect(answers.map(({ status, body: { code } }) => [status, code])).toEqual(answers.map(() => [403, 'forbidden']))
    expect((await token.client.post('/users', { name: 'Plain', email: `${token.id}@example.test` })).status).toBe(201)
  })
})

describe('every credential of a person ends', () => {
  const acts: Record<string, (who: { user: { id: string }; client: Client }) => Promise<unknown>> = {
    'when they are suspended': ({ user }) => admin.patch(`/users/${user.id}`, { state: 'suspended' }),
    'when they lose a role': ({ user }) => admin.patch(`/users/${user.id}`, { roles: [] }),
    'when an administrator ends them all': ({ user }) => admin.delete(`/users/${user.id}/credentials`),
  }

  test.each(Object.entries(acts))('%s, and none comes back', async (_, act) => {
    const who = await aPerson({ roles: ['admin'] })
    const token = await aToken(who.client)

    await act(who)
    await admin.patch(`/users/${who.user.id}`, { state: 'activated', roles: ['admin'] })

    expect([await statusOf(who.client), await statusOf(token.client)]).toEqual([401, 401])
    expect((await admin.get(`/users/${who.user.id}/credentials`)).body).toEqual({ sessions: [], tokens: [] })
  })

  test('when they change their password, but for the session in which they do', async () => {
    const { user, client } = await aPerson()
    const [token, elsewhere] = [await aToken(client), await app.signIn(user.email, password)]

    const answer = await client.post('/me/password', { currentPassword: password, newPassword: 'a new long password' })

    expect(answer.status).toBe(204)
    expect([await statusOf(client), await statusOf(elsewhere), await statusOf(token.client)]).toEqual([200, 401, 401])
    expect((await app.client().signIn(user.email, password)).status).toBe(401)
    await app.signIn(user.email, 'a new long password')
  })
})

test('a token moves nobody who signs in with a password to another address, where a link to set one would go', async () => {
  const { client } = await aPerson({ roles: ['admin'] })
  const token = await aToken(client)
  const [withPassword, without] = [await aUser(admin, { password }), await aUser(admin)]
  const move = (user: { id: string; email: string }) =>
    token.client.patch(`/users/${user.id}`, { email: `moved.${user.email}` })

  expect([(await move(withPassword)).status, (await move(without)).status]).toEqual([403, 200])

  expect((await token.client.patch(`/users/${withPassword.id}`, { department: 'Sales' })).status).toBe(200)
  const [row] = await app.db
    .select()
    .from(accountActs)
    .where(and(eq(accountActs.userId, without.id), eq(accountActs.act, 'credentials_reset')))
  expect(row?.actorId).toBe((await client.get('/me')).body.user.id)
})

describe('one’s own password', () => {
  test.each([
    ['currentPassword', { currentPassword: 'not the password', newPassword: 'a new long password' }],
    ['newPassword', { currentPassword: password, newPassword: password }],
    ['newPassword', { currentPassword: password, newPassword: 'short' }],
    ['newPassword', { currentPassword: password, newPassword: '1234567890' }],
  ])('is not changed when %s does not fit', async (path, body) => {
    const { user, client } = await aPerson()

    const answer = await client.post('/me/password', body)

    expect([answer.status, answer.body.errors[0].path]).toEqual([422, path])
    await app.signIn(user.email, password)
  })

  test('cannot be guessed by whoever has got hold of a session', async () => {
    const { client } = await aPerson()
    const guess = (number: number) =>
      client.post('/me/password', { currentPassword: `guess ${number}`, newPassword: 'a new long password' })
    const statuses: number[] = []
    for (let number = 0; number < 12; number++) statuses.push((await guess(number)).status)

    expect(statuses.at(-1)).toBe(429)
  })
})

describe('sessions', () => {
  test('are listed with place and device, and ended one by one or all others at once', async () => {
    const { user, client } = await aPerson()
    const [second, third] = [await app.signIn(user.email, password), await app.signIn(user.email, password)]
    const { items } = (await client.get('/me/sessions')).body
    expect(items).toHaveLength(3)
    expect(items.filter(({ current }: { current: boolean }) => current)).toHaveLength(1)
    expect(items[0]).toMatchObject({ clientIp: '127.0.0.1', userAgent: expect.any(String) })

    const ofSecond = (await second.get('/me/sessions')).body.items.find((one: { current: boolean }) => one.current)
    expect((await client.delete(`/me/sessions/${ofSecond.id}`)).status).toBe(204)
    expect([await statusOf(second), await statusOf(third)]).toEqual([401, 200])

    expect((await client.delete('/me/sessions')).status).toBe(204)
    expect([await statusOf(client), await statusOf(third)]).toEqual([200, 401])
  })

  test('of others are ended by administrators alone, one by one too', async () => {
    const { user, client } = await aPerson()
    const token = await aToken(client)
    const { body } = await admin.get(`/users/${user.id}/credentials`)
    expect(body).toMatchObject({ sessions: [{ current: false }], tokens: [{ id: token.id, name: 'Script' }] })
    expect(JSON.stringify(body)).not.toMatch(/ght_|hash/i)

    const stranger = await aPerson()
    for (const path of [`/users/${user.id}/credentials`, `/users/${user.id}/credentials/${token.id}`])
      expect((await stranger.client.delete(path)).status).toBe(403)
    expect((await stranger.client.delete(`/me/sessions/${body.sessions[0].id}`)).status).toBe(404)

    expect((await admin.delete(`/users/${user.id}/credentials/${token.id}`)).status).toBe(204)
    expect((await admin.delete(`/users/${user.id}/credentials/${body.sessions[0].id}`)).status).toBe(204)
    expect([await statusOf(token.client), await statusOf(client)]).toEqual([401, 401])
    expect((await admin.delete(`/users/${user.id}/credentials/${token.id}`)).status).toBe(404)
  })

  test('are twenty at most: the one unused for longest makes room', async () => {
    const { user, client: first } = await aPerson()
    for (let number = 0; number < 20; number++) await app.signIn(user.email, password)

    expect(await statusOf(first)).toBe(401)
    expect((await admin.get(`/users/${user.id}/credentials`)).body.sessions).toHaveLength(20)
  })
})
