/** What people are told of their own account: whoever did not do it themself hears of it. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mails } from '../../src/platform/mail/mail.table.ts'
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

const next = 'a password of my own'

const mailsAt = async (email: string, kind: 'password_changed' | 'address_changed' | 'token_created') => {
  const found = await app.db.select().from(mails).where(eq(mails.recipientEmail, email))
  return found.filter((mail) => mail.kind === kind)
}

async function aPerson() {
  const user = await aUser(admin, { password })
  return { user, client: await app.signIn(user.email, password) }
}

test('a password that its owner has changed is told to them, with time and place', async () => {
  const { user, client } = await aPerson()

  await client.post('/me/password', { currentPassword: password, newPassword: next })

  expect(await mailsAt(user.email, 'password_changed')).toMatchObject([
    { recipientId: user.id, data: { clientIp: '127.0.0.1', byLink: false, at: expect.any(String) } },
  ])
})

test('a password that was not changed is told to nobody', async () => {
  const { user, client } = await aPerson()

  await client.post('/me/password', { currentPassword: 'not the password', newPassword: next })
  await client.post('/me/password', { currentPassword: password, newPassword: 'qwertyuiop' })

  expect(await mailsAt(user.email, 'password_changed')).toEqual([])
})

test('a password that was set by a link is told to its owner', async () => {
  const user = await aUser(admin)
  await admin.post(`/users/${user.id}/invitation`)
  const [mail] = await app.db.select().from(mails).where(eq(mails.recipientId, user.id))
  const { token = '' } = (mail?.data ?? {}) as { token?: string }
  const opened = app.secretBox.open(Buffer.from(token, 'base64')).toString()

  await app.client().post(`/password-resets/${opened}`, { password: next })

  expect(await mailsAt(user.email, 'password_changed')).toMatchObject([{ data: { byLink: true } }])
})

test('another address is told to the old and to the new one, wherever mails go later', async () => {
  const user = await aUser(admin)
  const moved = `moved.${user.email}`

  await admin.patch(`/users/${user.id}`, { email: moved })
  await admin.patch(`/users/${user.id}`, { email: moved.toUpperCase(), department: 'Elsewhere' })

  for (const address of [user.email, moved]) {
    expect(await mailsAt(address, 'address_changed')).toMatchObject([
      { recipientId: null, data: { from: user.email, to: moved, changedBy: 'Administrator' } },
    ])
  }
})

test('a new API token is told to its owner: name, scopes, end and place, never the token', async () => {
  const { user, client } = await aPerson()

  const { body } = await client.post('/api-tokens', { name: 'Script', scopes: ['requests:read'] })

  const found = await mailsAt(user.email, 'token_created')
  expect(found).toMatchObject([
    { data: { name: 'Script', scopes: ['requests:read'], expiresAt: body.expiresAt, clientIp: '127.0.0.1' } },
  ])
  expect(JSON.stringify(found)).not.toContain(body.token)
})

test('a token that another token has made is told as well', async () => {
  const { user, client } = await aPerson()
  const { token } = (await client.post('/api-tokens', { name: 'Parent' })).body

  await app.client({ token }).post('/api-tokens', { name: 'Child' })

  expect((await mailsAt(user.email, 'token_created')).map(({ data }) => (data as { name: string }).name)).toEqual([
    'Parent',
    'Child',
  ])
})
