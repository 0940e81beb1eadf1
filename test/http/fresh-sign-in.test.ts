/** Sensitive acts ask for a password given within the last 5 minutes. */
import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sessions } from '../../src/features/sessions/sessions.table.ts'
import { mails } from '../../src/platform/mail/mail.table.ts'
import type { TestApp } from '../support/app.ts'
import { administrator, startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aUser, password, unique } from '../support/directory.ts'

let app: TestApp
let admin: Client
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

/** As if everybody had signed in so long ago. */
const signedInBefore = (minutes: number) =>
  app.db.update(sessions).set({ authenticatedAt: sql`now() - make_interval(mins => ${minutes})` })

/** An administrator whose sign-in was so long ago. */
async function anAdministrator(minutes = 6): Promise<Client> {
  const client = await app.signIn()
  await signedInBefore(minutes)
  return client
}

type Act = (client: Client) => Promise<{ status: number; body: { code?: string } }>
const acts: Record<string, Act> = {
  'making an API token': (client) => client.post('/api-tokens', { name: 'Script' }),
  'changing the settings': async (client) => client.put('/settings', (await client.get('/settings')).body),
  'making a connector': (client) =>
    client.post('/connectors', { name: unique('CRM'), kind: 'webhook', url: 'https://crm.example.test/hook' }),
  'exporting DI events': (client) => client.get('/directory-insights/events/export'),
  'making an administrator': async (client) => client.patch(`/users/${(await aUser(client)).id}`, { roles: ['admin'] }),
  'creating an administrator': (client) =>
    client.post('/users', { name: 'New', email: `new.${randomUUID()}@example.test`, roles: ['admin'] }),
}

describe.each(Object.entries(acts))('%s', (_, act) => {
  test('is refused six minutes after the sign-in, and done after the password was given once more', async () => {
    admin = await anAdministrator()

    const refused = await act(admin)

    expect([refused.status, refused.body.code]).toEqual([403, 'fresh_sign_in_required'])
    const confirmed = await admin.post('/session/confirmation', { password: administrator.password })
    expect(confirmed.status).toBe(204)
    expect((await act(admin)).status).toBeLessThan(300)
  })

  test('is done without asking four minutes after the sign-in', async () => {
    expect((await act(await anAdministrator(4))).status).toBeLessThan(300)
  })
})

test('what changes no role asks for nothing', async () => {
  admin = await anAdministrator()
  const user = await aUser(admin)

  expect((await admin.patch(`/users/${user.id}`, { department: 'Sales' })).status).toBe(200)
})

test('a wrong password makes nothing fresh, stands in DI, and is counted as a guess', async () => {
  admin = await anAdministrator()

  const wrong = await admin.post('/session/confirmation', { password: 'not the password' })

  expect([wrong.status, wrong.body.errors]).toEqual([
    422,
    [{ path: 'password', message: 'is wrong', code: 'incorrect', params: {} }],
  ])
  expect((await admin.post('/api-tokens', { name: 'Script' })).status).toBe(403)
  const { body } = await admin.get('/directory-insights/events?eventType=user_login_attempt&limit=1')
  expect(body.items[0]).toMatchObject({ success: false, changes: [{ field: 'confirmation' }] })
  for (let i = 0; i < 9; i++) await admin.post('/session/confirmation', { password: 'not the password' })
  expect((await admin.post('/session/confirmation', { password: administrator.password })).status).toBe(429)
})

test('an API token is as good as when it was made, and confirms nothing', async () => {
  admin = await app.signIn()
  const { body } = await admin.post('/api-tokens', { name: 'Script' })
  await signedInBefore(6)
  const program = app.client({ token: body.token })

  expect((await program.put('/settings', (await program.get('/settings')).body)).status).toBe(200)
  expect((await program.post('/session/confirmation', { password: administrator.password })).status).toBe(403)
})

describe('a flow that asks for it', () => {
  test('is changed and deleted only after a fresh sign-in, and by no API token', async () => {
    admin = await app.signIn()
    const group = (await admin.post('/user-groups', { name: 'Vault' })).body
    const fields = { name: 'Vault', groupId: group.id, approvalType: 'manual', approvers: [{ kind: 'administrator' }] }
    const flow = (await admin.post('/approval-flows', { ...fields, freshSignIn: true })).body
    expect(flow.freshSignIn).toBe(true)
    const program = app.client({ token: (await admin.post('/api-tokens', { name: 'Script' })).body.token })
    await signedInBefore(6)
    const path = `/approval-flows/${flow.id}`

    const answers = [
      await admin.put(path, { ...fields, freshSignIn: false }),
      await admin.delete(path),
      await program.put(path, fields),
    ]

    expect(answers.map(({ body }) => body.code)).toEqual([
      'fresh_sign_in_required',
      'fresh_sign_in_required',
      'forbidden',
    ])
    await admin.post('/session/confirmation', { password: administrator.password })
    expect((await admin.put(path, { ...fields, freshSignIn: false })).status).toBe(200)
  })
})

describe('a sign-in from a device not seen before', () => {
  const mailsTo = async (email: string) =>
    (await app.db.select().from(mails).where(eq(mails.recipientEmail, email))).filter(
      ({ kind }) => kind === 'new_device',
    )

  test('is told by mail, but neither the very first one nor one from a known device', async () => {
    admin = await app.signIn()
    const { email } = await aUser(admin, { password })
    const known = app.client()
    await known.signIn(email, password)
    await known.signIn(email, password)
    expect(await mailsTo(email)).toEqual([])

    await app.client().signIn(email, password)
    await app.client().signIn(email, password)

    expect(await mailsTo(email)).toHaveLength(1)
  })
})
