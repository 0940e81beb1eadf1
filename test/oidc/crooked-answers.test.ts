/** What a provider says that it must not: id tokens of others, of another time, signed by somebody else. */
import { randomUUID } from 'node:crypto'
import type { JWTPayload } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type CrookedScene, startWithCrookedProvider } from '../support/crooked-scene.ts'

let scene: CrookedScene
let app: CrookedScene['app']
let provider: CrookedScene['provider']
beforeAll(async () => {
  scene = await startWithCrookedProvider({ admin: { claim: 'realm.roles', values: ['boss', 'chief'] } })
  ;({ app, provider } = scene)
})
beforeEach(() => provider.says((usual) => usual))
afterAll(() => scene.close())
const signIn = () => scene.signIn()

const someone = (more: JWTPayload = {}) => {
  const sub = randomUUID()
  return (usual: JWTPayload) => ({ ...usual, sub, email: `${sub}@example.test`, ...more })
}

async function lastError() {
  const admin = await app.signIn()
  const { body } = await admin.get('/directory-insights/events?eventType=user_login_attempt&limit=5')
  return (body.items as { success: boolean; error_message: string }[]).find(({ success }) => !success)?.error_message
}

const hour = 3600
const notTaken: [string, string, (usual: JWTPayload) => JWTPayload][] = [
  ['the id token of another client', 'not_valid', (usual) => ({ ...usual, aud: 'another-client' })],
  [
    'one for several, authorised for another',
    'not_valid',
    (usual) => ({ ...usual, aud: ['gatehouse', 'x'], azp: 'x' }),
  ],
  ['one of another sign-in', 'not_valid', (usual) => ({ ...usual, nonce: 'of-another-sign-in' })],
  ['one without a nonce', 'not_valid', (usual) => ({ ...usual, nonce: undefined })],
  ['one of another issuer', 'not_valid', (usual) => ({ ...usual, iss: 'https://evil.example' })],
  ['one without a subject', 'not_valid', (usual) => ({ ...usual, sub: undefined })],
  ['one that has expired', 'clock', (usual) => ({ ...usual, exp: provider.now() - 200 })],
  [
    'one of a clock an hour behind',
    'clock',
    (usual) => ({ ...usual, iat: provider.now() - hour, exp: provider.now() + 600 - hour }),
  ],
  [
    'one of a clock an hour ahead',
    'clock',
    (usual) => ({ ...usual, iat: provider.now() + hour, exp: provider.now() + 600 + hour }),
  ],
  ['one of a long time ago that lives long', 'clock', (usual) => ({ ...usual, iat: provider.now() - 300 })],
]

describe.each(notTaken)('%s', (_, failure, change) => {
  test(`is refused: ${failure}`, async () => {
    provider.says((usual) => change(someone()(usual)))

    const { code, me } = await signIn()

    expect([code, me]).toEqual([failure, null])
    expect(await lastError()).toMatch(failure === 'clock' ? /clock.*differ.*2 minutes.*time server/ : /is refused/)
  })
})

test('a clock that is a minute off is no matter', async () => {
  provider.says((usual) => someone({ iat: provider.now() - 60, exp: provider.now() + 540 })(usual))

  expect((await signIn()).me.user.name).toBe('Some Body')
})

test('new keys are read when a token names one that is not known; one that is not published is refused', async () => {
  provider.says(someone())
  expect((await signIn()).me).not.toBeNull()

  await provider.changeKey('stolen', { isPublished: false })
  expect((await signIn()).code).toBe('not_valid')

  await provider.changeKey('second')
  provider.says(someone())
  await expect.poll(async () => (await signIn()).me, { timeout: 10_000 }).not.toBeNull()
})

describe('people who are nobody here, with OIDC_PROVISION=create', () => {
  test('are made of their name and verified address, and the audit log says by whom', async () => {
    const who = someone({ name: '', given_name: 'Grace', family_name: 'Hopper' })
    provider.says(who)

    const { me } = await signIn()

    expect(me).toMatchObject({ user: { name: 'Grace Hopper', roles: [] }, confirmBy: ['provider'] })
    const admin = await app.signIn()
    const { body } = await admin.get('/directory-insights/events?eventType=user_create&limit=1')
    expect(body.items[0]).toMatchObject({ initiated_by: { type: 'source' }, resource: { id: me.user.id } })
  })

  test.each([
    ['an unverified address', { email_verified: false }],
    ['an address of which nothing is said', { email_verified: undefined }],
    ['an address that is verified in words', { email_verified: 'true' }],
  ])('are not made of %s', async (_, more) => {
    provider.says(someone(more))

    expect(await signIn()).toMatchObject({ code: 'unverified', me: null })
  })

  test.each([
    ['no address', { email: undefined }],
    ['none that is one', { email: 'me@' }],
    ['one with a line break', { email: 'a@example.test\r\nBcc: b@example.test' }],
    ['several', { email: ['a@example.test', 'b@example.test'] }],
  ])('are not made of %s', async (_, more) => {
    provider.says(someone(more as JWTPayload))

    expect(await signIn()).toMatchObject({ code: 'no_address', me: null })
  })

  test('are not somebody here whose address has another letter that looks the same', async () => {
    const name = randomUUID()
    const admin = await app.signIn()
    await admin.post('/users', { name: 'Plain', email: `i${name}@example.test` })
    // The Turkish capital of i, whose small letter is an i in Postgres.
    provider.says(someone({ email: `\u0130${name}@example.test` }))

    expect((await signIn()).me).toBeNull()
    provider.says(someone({ email: `I${name}@EXAMPLE.test` }))
    expect((await signIn()).me).toMatchObject({ user: { name: 'Plain' } })
  })

  test('are called by their address where their name is none', async () => {
    provider.says(someone({ name: '\u0000', preferred_username: 'x'.repeat(300) }))

    const { me } = await signIn()

    expect(me.user.name).toBe(me.user.email)
  })
})

describe('administrators by a claim', () => {
  const asBoss = (roles: unknown) => ({ realm: { roles } })

  test('are made at the sign-in, and are none any more at the one after it has gone', async () => {
    const who = someone()
    provider.says((usual) => ({ ...who(usual), ...asBoss(['staff', 'chief']) }))
    const { browser, me } = await signIn()
    expect(me.roles).toEqual(['admin'])

    provider.says((usual) => ({ ...who(usual), ...asBoss(['staff']) }))
    const after = await signIn()

    expect(after.me.roles).toEqual([])
    const old = await fetch(`${app.base}/api/v1/me`, { headers: { cookie: browser.cookieHeader(app.base) } })
    expect(old.status).toBe(401)
    const admin = await app.signIn()
    const { body } = await admin.get(`/directory-insights/events?eventType=user_update&limit=2`)
    expect(body.items.map((item: { changes: object[] }) => item.changes)).toEqual([
      [{ field: 'roles', from: ['admin'], to: [] }],
      [{ field: 'roles', from: [], to: ['admin'] }],
    ])
  })

  test.each([
    ['text', 'boss'],
    ['a list', ['x', 'boss']],
  ])('by %s', async (_, roles) => {
    const who = someone()
    provider.says((usual) => ({ ...who(usual), ...asBoss(roles) }))

    expect((await signIn()).me.roles).toEqual(['admin'])
  })

  test.each([
    ['a longer word', 'bosses'],
    ['an object', { boss: true }],
    ['nothing', undefined],
    ['a number', 1],
  ])('not by %s', async (_, roles) => {
    const who = someone()
    provider.says((usual) => ({ ...who(usual), ...asBoss(roles) }))

    expect((await signIn()).me.roles).toEqual([])
  })

  test('a role that was given here stays without the claim', async () => {
    const who = someone()
    provider.says(who)
    const { me } = await signIn()
    const admin = await app.signIn()
    await admin.patch(`/users/${me.user.id}`, { roles: ['admin'] })

    expect((await signIn()).me.roles).toEqual(['admin'])
  })

  test('the last administrator stays one, and is signed in all the same', async () => {
    const who = someone()
    provider.says((usual) => ({ ...who(usual), ...asBoss('boss') }))
    const { me } = await signIn()
    await app.superuser.execute(`update users set roles = '{}' where id <> '${me.user.id}'`)
    provider.says(who)

    const after = await signIn()

    expect(after.me.roles).toEqual(['admin'])
  })
})
