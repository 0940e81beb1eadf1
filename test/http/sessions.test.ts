import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditEvents } from '../../src/features/audit/audit.table.ts'
import { apiTokens, sessions } from '../../src/features/sessions/sessions.table.ts'
import type { TestApp } from '../support/app.ts'
import { administrator, startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aUser, password, unique } from '../support/directory.ts'

let app: TestApp
let admin: Client

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
})
afterAll(() => app.close())

async function signedInUser(fields: Record<string, unknown> = {}) {
  const user = await aUser(admin, { password, ...fields })
  return { user, client: await app.signIn(user.email, password) }
}

describe('signing in', () => {
  test('the right password opens a session that only the browser can read', async () => {
    const client = app.client()

    const answer = await client.signIn(administrator.email.toUpperCase(), administrator.password)

    expect(answer.status).toBe(200)
    expect(answer.body.user).toMatchObject({ email: administrator.email, roles: ['admin'] })
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^gatehouse_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    expect((await client.get('/me')).body).toMatchObject({ roles: ['admin'], csrfToken: answer.body.csrfToken })
  })

  test('a wrong password and an unknown address get the same answer', async () => {
    const wrong = await app.client().signIn(administrator.email, 'not the password')
    const unknown = await app.client().signIn('nobody@example.test', 'not the password')

    expect(wrong.status).toBe(401)
    expect({ ...wrong.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' })
    expect(wrong.body.code).toBe('sign_in_failed')
  })

  test('staged and suspended users and users without a password cannot sign in', async () => {
    const staged = await aUser(admin, { password, state: 'staged' })
    const suspended = await aUser(admin, { password, state: 'suspended' })
    const federated = await aUser(admin)

    for (const { email } of [staged, suspended, federated])
      expect((await app.client().signIn(email, password)).status).toBe(401)
  })

  test('behind https the cookie is Secure and bound to the host', async () => {
    const secure = await startTestApp({ publicUrl: 'https://access.example.test' })

    const answer = await secure.client().signIn(administrator.email, administrator.password)

    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^__Host-gatehouse_session=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    await secure.close()
  })

  test('the token of the cookie is not in the database', async () => {
    const client = await app.signIn()
    const token = client.cookie?.split('=')[1] ?? ''

    const rows = await app.db.select().from(sessions)

    expect(rows.length).toBeGreaterThan(0)
    expect(rows.some(({ tokenHash }) => tokenHash.toString('utf8').includes(token))).toBe(false)
  })

  test('every sign-in gets a new session, and the one before it ends', async () => {
    const client = await app.signIn()
    const first = client.cookie ?? ''

    await client.signIn(administrator.email, administrator.password)

    expect(client.cookie).not.toBe(first)
    expect((await app.client().send('GET', '/me', { headers: { cookie: first } })).status).toBe(401)
  })

  test('successes and failures are in Directory Insights', async () => {
    const user = await aUser(admin, { password })
    await app.client().signIn(user.email, 'wrong password')
    await app.client().signIn(user.email, password)

    const { body } = await admin.get(
      `/directory-insights/events?eventType=user_login_attempt&initiatedBy=${user.email}`,
    )

    expect(body.items.map((event: { success: boolean }) => event.success)).toEqual([true, false])
    expect(JSON.stringify(body)).not.toContain('wrong password')
  })
})

describe('failed sign-ins', () => {
  test('after ten failures for an address the eleventh waits, and other users do not', async () => {
    const user = await aUser(admin, { password })
    const statuses = []
    for (let i = 0; i < 11; i++) statuses.push((await app.client().signIn(user.email, 'wrong password')).status)

    const right = await app.client().signIn(user.email, password)

    expect(statuses).toEqual([...Array(10).fill(401), 429])
    expect(right.status).toBe(429)
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await app.client().signIn(administrator.email, administrator.password)).status).toBe(200)
  })

  test('of many guesses at once none is told apart from the others once the limit is reached', async () => {
    const user = await aUser(admin, { password })

    const answers = await Promise.all(
      Array.from({ length: 25 }, (_, i) => app.client().signIn(user.email, i === 24 ? password : `guess number ${i}`)),
    )

    expect(answers.filter(({ status }) => status !== 401 && status !== 429)).toHaveLength(0)
  })

  test('a password typed into the mail field never stands in the log, an address that nobody has does', async () => {
    const mistaken = 'Tr0ub4dor&3 in the wrong field'
    for (const email of [mistaken, mistaken, 'nobody-here@example.test'])
      expect((await app.client().signIn(email, 'whatever it is')).status).toBe(401)

    const rows = await app.db.select().from(auditEvents).orderBy(auditEvents.seq)
    const [first, second, address] = rows.slice(-3).map(({ initiatedByEmail }) => initiatedByEmail)

    expect(address).toBe('nobody-here@example.test')
    expect(first).toMatch(/^hmac-sha256:[0-9a-f]{64}$/)
    expect(second).toBe(first)
    expect(JSON.stringify(rows).toLowerCase()).not.toContain('tr0ub4dor')
    expect((await app.auditLog.verify(app.db)).fault).toBeNull()
  })

  test('successful sign-ins are not limited', async () => {
    const user = await aUser(admin, { password })

    const statuses = []
    for (let i = 0; i < 15; i++) statuses.push((await app.client().signIn(user.email, password)).status)

    expect(statuses).toEqual(Array(15).fill(200))
  })
})

describe('a session', () => {
  test('ends after twelve idle hours', async () => {
    const { user, client } = await signedInUser()
    await app.db
      .update(sessions)
      .set({ lastSeenAt: sql`now() - interval '12 hours 1 minute'` })
      .where(eq(sessions.userId, user.id))

    expect((await client.get('/me')).status).toBe(401)
  })

  test('ends after seven days, however busy it is', async () => {
    const { user, client } = await signedInUser()
    await app.db
      .update(sessions)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(eq(sessions.userId, user.id))

    expect((await client.get('/me')).status).toBe(401)
  })

  test('ends by signing out', async () => {
    const { client } = await signedInUser()
    const cookie = client.cookie ?? ''

    expect((await client.delete('/session')).status).toBe(204)
    expect((await app.client().send('GET', '/me', { headers: { cookie } })).status).toBe(401)
  })

  test('ends the moment its user is suspended, and does not come back', async () => {
    const { user, client } = await signedInUser()

    await admin.patch(`/users/${user.id}`, { state: 'suspended' })
    const suspended = await client.get('/me')
    await admin.patch(`/users/${user.id}`, { state: 'activated' })

    expect([suspended.status, (await client.get('/me')).status]).toEqual([401, 401])
  })

  test('writes nothing without its CSRF token', async () => {
    const { client } = await signedInUser({ roles: ['admin'] })
    const headers = { 'x-csrf-token': 'made up' }

    const forged = await client.send('POST', '/user-groups', { body: { name: unique('Group') }, headers })

    expect([forged.status, forged.body.code]).toEqual([403, 'csrf_token_invalid'])
    expect((await client.post('/user-groups', { name: unique('Group') })).status).toBe(201)
  })

  test('of a user who is no administrator reaches no administration', async () => {
    const { client } = await signedInUser()

    const paths = [
      '/users',
      '/user-groups',
      '/applications',
      '/approval-flows',
      '/connectors',
      '/settings',
      '/directory-insights/events',
    ]
    for (const path of paths) expect([path, (await client.get(path)).status]).toEqual([path, 403])
    expect((await app.client().get('/users')).status).toBe(401)
  })
})

describe('an API token', () => {
  test('is shown once, needs no CSRF token, and is kept as a hash', async () => {
    const { client } = await signedInUser()
    const made = await client.post('/api-tokens', { name: 'my script' })

    const { token } = made.body
    const me = await app.client({ token }).get('/me')
    const listed = await client.get('/api-tokens')

    expect(made.status).toBe(201)
    expect(token).toMatch(/^ght_[\w-]{43}$/)
    expect(me.body).toMatchObject({ csrfToken: null })
    expect(listed.body.items).toMatchObject([{ name: 'my script', scopes: null }])
    expect(JSON.stringify(listed.body)).not.toContain(token)
  })

  test('that is unknown, expired or revoked is nobody', async () => {
    const { client } = await signedInUser()
    const expired = (
      await client.post('/api-tokens', { name: 'old', expiresAt: new Date(Date.now() + 60_000).toISOString() })
    ).body
    const revoked = (await client.post('/api-tokens', { name: 'revoked' })).body
    await app.db
      .update(apiTokens)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(eq(apiTokens.id, expired.id))
    expect((await client.delete(`/api-tokens/${revoked.id}`)).status).toBe(204)

    for (const token of [expired.token, revoked.token, `ght_${'x'.repeat(43)}`, 'nonsense']) {
      const answer = await app.client({ token }).get('/me')
      expect([answer.status, answer.body.code]).toEqual([401, 'unauthenticated'])
    }
    expect((await app.client().send('GET', '/me', { headers: { authorization: 'Basic x' } })).status).toBe(401)
  })

  test('of a suspended user stops at once', async () => {
    const { user, client } = await signedInUser()
    const { token } = (await client.post('/api-tokens', { name: 'script' })).body

    await admin.patch(`/users/${user.id}`, { state: 'suspended' })

    expect((await app.client({ token }).get('/me')).status).toBe(401)
  })

  test('does only what its scopes allow, and cannot make a token that does more', async () => {
    const { token } = (
      await admin.post('/api-tokens', { name: 'reader', scopes: ['directory:read', 'settings:write'] })
    ).body
    const reader = app.client({ token })

    expect((await reader.get('/users')).status).toBe(200)
    expect((await reader.post('/user-groups', { name: unique('Group') })).status).toBe(403)
    expect((await reader.get('/settings')).status).toBe(403)
    expect((await reader.post('/api-tokens', { name: 'more', scopes: ['audit:read'] })).status).toBe(403)
    expect((await reader.post('/api-tokens', { name: 'same' })).body.scopes).toEqual([
      'directory:read',
      'settings:write',
    ])
  })

  test('of somebody else does not exist', async () => {
    const { client } = await signedInUser()
    const { id } = (await admin.post('/api-tokens', { name: 'mine' })).body

    expect((await client.delete(`/api-tokens/${id}`)).status).toBe(404)
  })

  test('must end in the future and name known scopes', async () => {
    const past = await admin.post('/api-tokens', { name: 'x', expiresAt: '2020-01-01T00:00:00Z' })
    const unknown = await admin.post('/api-tokens', { name: 'x', scopes: ['everything'] })
    const none = await admin.post('/api-tokens', { name: 'x', scopes: [] })

    expect([past.status, past.body.errors[0].path]).toEqual([422, 'expiresAt'])
    expect([unknown.status, none.status]).toEqual([422, 422])
  })

  test('writes down when it was last used, once a minute', async () => {
    const { body: made } = await admin.post('/api-tokens', { name: unique('used') })

    await app.client({ token: made.token }).get('/me')

    await expect
      .poll(
        async () =>
          (await admin.get('/api-tokens?limit=200')).body.items.find(({ id }: { id: string }) => id === made.id)
            .lastUsedAt,
      )
      .not.toBeNull()
  })
})
