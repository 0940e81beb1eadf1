/** Passwords are set by the person they belong to: by a one-time link, or at the first sign-in. */
import { eq } from 'drizzle-orm'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountActs } from '../../src/features/directory/users/account-acts.table.ts'
import { passwordLinks } from '../../src/features/sessions/password-links.table.ts'
import { mails } from '../../src/platform/mail/mail.table.ts'
import type { TestApp } from '../support/app.ts'
import { administrator, startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aUser, password, unique } from '../support/directory.ts'

const next = 'a password of my own'
const logged: string[] = []

let app: TestApp
let admin: Client
beforeAll(async () => {
  app = await startTestApp({ log: pino({}, { write: (line: string) => logged.push(line) }) })
  admin = await app.signIn()
})
afterAll(() => app.close())

/** Resets are counted by place: each caller has their own. */
let places = 0
const ask = (email: string, place = `198.51.100.${++places}`) =>
  app.client().post('/password-resets', { email }, { 'x-forwarded-for': place })

const mailsTo = (userId: string) =>
  app.db.select().from(mails).where(eq(mails.recipientId, userId)).orderBy(mails.createdAt)
const linksOf = (userId: string) =>
  app.db.select().from(passwordLinks).where(eq(passwordLinks.userId, userId)).orderBy(passwordLinks.id)
const eventsOf = async (type: string, userId: string) =>
  (await admin.get(`/directory-insights/events?eventType=${type}&limit=200`)).body.items.filter(
    (event: { resource: { id: string } }) => event.resource.id === userId,
  )

/** What the newest mail to the person carries. */
async function tokenFor(userId: string): Promise<string> {
  const newest = (await mailsTo(userId)).at(-1)
  const { token = '' } = (newest?.data ?? {}) as { token?: string }
  return app.secretBox.open(Buffer.from(token, 'base64')).toString()
}

const use = (token: string, chosen = next) => app.client().post(`/password-resets/${token}`, { password: chosen })
const signInStatus = async (email: string, chosen: string) => (await app.client().signIn(email, chosen)).status

async function aPerson(fields: Record<string, unknown> = {}) {
  const user = await aUser(admin, { password, ...fields })
  return user as { id: string; email: string; name: string }
}

async function withReset() {
  const user = await aPerson()
  await ask(user.email)
  return { user, token: await tokenFor(user.id) }
}

describe('a password that an administrator has chosen', () => {
  async function newcomer() {
    const user = await aUser(admin, { password, mustChangePassword: undefined })
    const client = app.client()
    return { user, client, answer: await client.signIn(user.email, password) }
  }

  test('has to be changed at the first sign-in: until then nothing else can be done', async () => {
    const { client, answer } = await newcomer()

    expect([answer.status, answer.body.mustChangePassword]).toEqual([200, true])
    expect((await client.get('/me')).body.mustChangePassword).toBe(true)
    for (const path of ['/catalog', '/me/sessions', '/api-tokens', '/settings']) {
      const { status } = await client.get(path)
      expect([path, status]).toEqual([path, 403])
    }
    const refused = await client.post('/api-tokens', { name: 'Script' })
    expect([refused.status, refused.body.code]).toEqual([403, 'password_change_required'])
    expect((await client.delete('/session')).status).toBe(204)
  })

  test('once changed lets its owner go on', async () => {
    const { user, client } = await newcomer()

    const same = await client.post('/me/password', { currentPassword: password, newPassword: password })
    expect([same.status, same.body.errors[0].path]).toEqual([422, 'newPassword'])
    expect((await client.post('/me/password', { currentPassword: password, newPassword: next })).status).toBe(204)

    expect((await client.get('/me')).body.mustChangePassword).toBe(false)
    expect((await client.get('/catalog')).status).toBe(200)
    expect((await app.client().signIn(user.email, next)).body.mustChangePassword).toBe(false)
  })

  test('need not be changed when they say so, which goes only with a password', async () => {
    const { email } = await aPerson({ mustChangePassword: false })
    expect((await app.client().signIn(email, password)).body.mustChangePassword).toBe(false)

    const name = unique('Nobody')
    const answer = await admin.post('/users', { name, email: `x.${email}`, mustChangePassword: true })

    expect([answer.status, answer.body.errors[0].path]).toEqual([422, 'mustChangePassword'])
  })

  test('is remembered with who has made the account', async () => {
    const { user } = await newcomer()
    const [row] = await app.db.select().from(accountActs).where(eq(accountActs.userId, user.id))

    expect(row).toMatchObject({ act: 'made', actorId: (await admin.get('/me')).body.user.id })
  })
})

describe('a forgotten password', () => {
  test('is answered alike whoever has the address, and mailed only to who signs in with a password', async () => {
    const person = await aPerson()
    const others = [
      await aPerson({ state: 'suspended' }),
      await aPerson({ state: 'staged' }),
      (await aUser(admin)) as { id: string; email: string },
    ]

    const answers = [await ask(person.email.toUpperCase()), await ask('nobody.at.all@example.test')]
    for (const { email } of others) answers.push(await ask(email))

    expect(answers.map(({ status, body }) => [status, body])).toEqual(answers.map(() => [202, '']))
    expect(await mailsTo(person.id)).toMatchObject([{ kind: 'password_reset', data: { causedBy: null } }])
    for (const { id } of others) expect(await mailsTo(id)).toEqual([])
  })

  test('takes as long to answer for an address that nobody has', async () => {
    const { email } = await aPerson()
    const timeOf = async (address: string) => {
      const began = performance.now()
      await ask(address)
      return performance.now() - began
    }

    expect(await timeOf('nobody.else@example.test')).toBeGreaterThan(240)
    expect(await timeOf(email)).toBeGreaterThan(240)
  })

  test.each(['somebody', 'nobody'])('is asked for five times an hour at most, for %s', async (who) => {
    const email = who === 'somebody' ? (await aPerson()).email : 'nobody.asks@example.test'
    const statuses: number[] = []
    for (let time = 0; time < 6; time++) statuses.push((await ask(email)).status)

    expect(statuses).toEqual([202, 202, 202, 202, 202, 429])
    expect((await ask(email)).headers.get('retry-after')).not.toBeNull()
  })

  test('is asked for thirty times an hour at most from one place', async () => {
    const times = Array.from({ length: 31 }, (_, time) => ask(`somebody.${time}@example.test`, '203.0.113.9'))
    const statuses = (await Promise.all(times)).map(({ status }) => status)

    expect(statuses.filter((status) => status === 429)).toHaveLength(1)
  })

  test('stands in the log without saying who asked, as that is not known', async () => {
    const { user } = await withReset()

    expect(await eventsOf('user_password_link_create', user.id)).toMatchObject([
      { initiated_by: { id: null, email: user.email }, success: true, client_ip: `198.51.100.${places}` },
    ])
  })
})

describe('a one-time link', () => {
  test('sets a password once, and ends every credential of the person', async () => {
    const user = await aPerson()
    const session = await app.signIn(user.email, password)
    const apiToken = (await session.post('/api-tokens', { name: 'Script' })).body.token
    await ask(user.email)
    const token = await tokenFor(user.id)

    expect((await use(token)).status).toBe(204)

    expect((await session.get('/me')).status).toBe(401)
    expect((await app.client({ token: apiToken }).get('/me')).status).toBe(401)
    expect([await signInStatus(user.email, password), await signInStatus(user.email, next)]).toEqual([401, 200])
    expect((await use(token, 'yet another password')).status).toBe(404)
  })

  test('is used by one of two who come at the same time', async () => {
    const { user, token } = await withReset()

    const answers = await Promise.all([use(token, 'the first of two'), use(token, 'the second of two')])

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204, 404]))
    const used = answers[0]?.status === 204 ? 'the first of two' : 'the second of two'
    expect(await signInStatus(user.email, used)).toBe(200)
  })

  test('is kept as a hash, sealed in the mail queue, and in no log or event', async () => {
    const { user, token } = await withReset()
    await use(token, 'short')
    await use(token)

    const kept = JSON.stringify([
      await linksOf(user.id),
      await mailsTo(user.id),
      (await admin.get('/directory-insights/events?limit=200')).body,
      logged,
    ])
    expect(kept).not.toContain(token)
    expect(logged.join('')).toContain('/password-resets/[token]')
  })

  const spoilt: [string, (token: string, user: { id: string; email: string }) => Promise<unknown>][] = [
    ['was used', (token) => use(token)],
    ['was replaced by a newer one', (_, { email }) => ask(email)],
    [
      'is too old',
      (_, { id }) =>
        app.db.update(passwordLinks).set({ expiresAt: '2026-01-01T00:00:00.000Z' }).where(eq(passwordLinks.userId, id)),
    ],
    ['went to a person who was suspended since', (_, { id }) => admin.patch(`/users/${id}`, { state: 'suspended' })],
    [
      'went to a person who was suspended and activated since',
      async (_, { id }) => {
        await admin.patch(`/users/${id}`, { state: 'suspended' })
        await admin.patch(`/users/${id}`, { state: 'activated' })
      },
    ],
    [
      'went to an address that has changed since',
      (_, { id, email }) => admin.patch(`/users/${id}`, { email: `new.${email}` }),
    ],
    [
      'went to a person who has changed their password since',
      async (_, { email }) => {
        const client = await app.signIn(email, password)
        await client.post('/me/password', { currentPassword: password, newPassword: 'changed meanwhile' })
      },
    ],
    ['went to a person whose credentials were ended', (_, { id }) => admin.delete(`/users/${id}/credentials`)],
  ]

  test.each(spoilt)('that %s is refused as any other that is of no use', async (_, spoil) => {
    const { user, token } = await withReset()
    await spoil(token, user)

    const [answer, unknown] = [await use(token), await use('not-a-token')]

    const said = ({ status, body: { code, detail } }: typeof answer) => [status, code, detail]
    expect(answer.body.code).toBe('link_not_valid')
    expect(said(answer)).toEqual(said(unknown))
  })

  test.each(['short', 'qwertyuiop'])('that goes with a password that is refused stays of use: %s', async (weak) => {
    const { token } = await withReset()

    const answer = await use(token, weak)

    expect([answer.status, answer.body.errors[0].path]).toEqual([422, 'password'])
    expect((await use(token)).status).toBe(204)
  })

  test('lives for an hour, and an invitation for seven days', async () => {
    const { user } = await withReset()
    const invited = await aUser(admin)
    await admin.post(`/users/${invited.id}/invitation`)

    const hoursOf = async (userId: string) => {
      const [link] = await linksOf(userId)
      return (Date.parse(link?.expiresAt ?? '') - Date.parse(link?.createdAt ?? '')) / 3_600_000
    }
    expect([await hoursOf(user.id), await hoursOf(invited.id)]).toEqual([1, 7 * 24])
  })
})

describe('an administrator', () => {
  test.each(['activated', 'staged'])('invites a person without a password who is %s', async (state) => {
    const user = await aUser(admin, { state })

    const answer = await admin.post(`/users/${user.id}/invitation`)

    expect(answer.status).toBe(202)
    expect(await mailsTo(user.id)).toMatchObject([{ kind: 'invitation', data: { causedBy: 'Administrator' } }])
    expect((await use(await tokenFor(user.id))).status).toBe(204)
    // An invitation lets nobody in who is not activated.
    expect(await signInStatus(user.email, next)).toBe(state === 'activated' ? 200 : 401)
  })

  test('sends a reset, and it is kept who caused it', async () => {
    const user = await aPerson()
    const { id: adminId } = (await admin.get('/me')).body.user

    expect((await admin.post(`/users/${user.id}/password-reset`)).status).toBe(202)
    await use(await tokenFor(user.id))

    const [link] = await linksOf(user.id)
    expect(link).toMatchObject({ createdBy: adminId, purpose: 'reset', usedAt: expect.any(String) })
    expect(await eventsOf('user_password_link_create', user.id)).toMatchObject([
      { initiated_by: { id: adminId, email: administrator.email } },
    ])
    const [event] = await eventsOf('user_update', user.id)
    expect(event).toMatchObject({ initiated_by: { id: user.id, email: user.email } })
    expect(event.changes).toContainEqual({
      field: 'passwordLink',
      from: null,
      to: { id: link?.id, purpose: 'reset', createdAt: link?.createdAt, createdBy: adminId },
    })
  })

  test.each([
    ['none', {}],
    ['initial', { password, mustChangePassword: true }],
    ['own', { password, mustChangePassword: false }],
  ])('sees whether a person has a password: %s', async (kind, fields) => {
    const user = await aUser(admin, fields)

    expect((await admin.get(`/users/${user.id}`)).body.password).toBe(kind)
  })

  test('invites a person anew who has set a password and is not activated yet', async () => {
    const user = await aUser(admin, { password, state: 'staged' })

    expect((await admin.post(`/users/${user.id}/invitation`)).status).toBe(202)
  })

  const useless: [string, string, Record<string, unknown>, string][] = [
    ['an invitation', 'invitation', { password }, 'has_password'],
    ['an invitation', 'invitation', { state: 'suspended' }, 'suspended'],
    ['a reset', 'password-reset', { password, state: 'suspended' }, 'suspended'],
    ['a reset', 'password-reset', { password, state: 'staged' }, 'staged'],
  ]
  test.each(useless)('sends no link that is of no use: %s (%s, %j)', async (_, path, fields, current) => {
    const user = await aUser(admin, fields)

    const answer = await admin.post(`/users/${user.id}/${path}`)

    expect([answer.status, answer.body.current]).toEqual([409, current])
    expect(await mailsTo(user.id)).toEqual([])
  })

  test('sends one mail under one idempotency key', async () => {
    const user = await aUser(admin)
    const headers = { 'idempotency-key': `invite-${user.id}` }

    for (let time = 0; time < 2; time++)
      expect((await admin.post(`/users/${user.id}/invitation`, {}, headers)).status).toBe(202)

    expect(await mailsTo(user.id)).toHaveLength(1)
  })

  test('alone sends links: others are refused', async () => {
    const user = await aPerson()
    const client = await app.signIn(user.email, password)

    for (const path of ['invitation', 'password-reset']) {
      expect((await client.post(`/users/${user.id}/${path}`)).status).toBe(403)
      expect((await admin.post(`/users/01920000-0000-7000-8000-000000000000/${path}`)).status).toBe(404)
    }
  })
})
