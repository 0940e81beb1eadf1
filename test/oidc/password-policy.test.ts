/** Who signs in with a password, and what else is then of use: PASSWORD_SIGN_IN. And what administrators see of it. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PasswordSignIn } from '../../src/features/sessions/password-policy.ts'
import type { SignInConfiguration } from '../../src/features/sessions/sessions.module.ts'
import { administrator, startTestApp, type TestApp } from '../support/app.ts'
import { type Client, createClient } from '../support/client.ts'
import { startCrookedProvider } from '../support/crooked-provider.ts'
import { aUser, password } from '../support/directory.ts'
import { type ProviderScene, startWithProvider } from '../support/sign-in-by-provider.ts'

const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => `${status} ${body?.code ?? ''}`.trim()
const off = '403 password_sign_in_off'

describe('PASSWORD_SIGN_IN=administrators', () => {
  let scene: ProviderScene
  let admin: Client
  beforeAll(async () => {
    scene = await startWithProvider({ password: 'administrators' })
    admin = await scene.signIn()
  })
  afterAll(() => scene.close())

  test('administrators sign in with theirs; for others the right one opens nothing, and a wrong one tells nothing', async () => {
    const user = await aUser(admin, { password, mustChangePassword: false })

    expect(codeOf(await createClient(scene.base).signIn(user.email, password))).toBe(off)
    expect(codeOf(await createClient(scene.base).signIn(user.email, 'wrong-password'))).toBe('401 sign_in_failed')
    expect(codeOf(await createClient(scene.base).signIn('nobody@example.test', password))).toBe('401 sign_in_failed')
  })

  test('others get no links, and cannot change or use a password that they still have', async () => {
    const user = await aUser(admin, { password, mustChangePassword: false })
    scene.people.push({ sub: user.id, name: user.name, email: user.email })
    const { browser } = await scene.signInAs(user.id)
    const { body: me } = await scene.me(browser)
    const theirs = (path: string, body: object) =>
      admin.send('POST', path, {
        body,
        headers: { cookie: browser.cookieHeader(scene.publicUrl), 'x-csrf-token': me.csrfToken },
      })

    expect(me.confirmBy).toEqual(['provider'])
    expect(codeOf(await admin.post(`/users/${user.id}/password-reset`))).toBe(off)
    expect(codeOf(await admin.post(`/users/${user.id}/invitation`))).toBe(off)
    expect(codeOf(await theirs('/session/confirmation', { password }))).toBe(off)
    const change = { currentPassword: password, newPassword: 'another good password' }
    expect(codeOf(await theirs('/me/password', change))).toBe(off)
    expect(codeOf(await scene.client().post('/password-resets', { email: user.email }))).toBe('202')
  })
})

describe('PASSWORD_SIGN_IN=off', () => {
  let scene: ProviderScene
  beforeAll(async () => {
    scene = await startWithProvider({ password: 'off' })
    scene.people.push({ sub: 'boss', name: 'Boss', email: administrator.email })
  })
  afterAll(() => scene.close())

  test('nobody signs in with a password, whatever it is, and nobody sets one', async () => {
    const nobody = scene.client()

    const answers = [
      await nobody.signIn(administrator.email, administrator.password),
      await nobody.signIn(administrator.email, 'wrong-password'),
      await nobody.post('/password-resets', { email: administrator.email }),
      await nobody.post('/password-resets/some-link', { password: 'another good password' }),
    ]

    expect(answers.map(codeOf)).toEqual([off, off, off, off])
    expect(answers[0]?.body.detail).toBe('Passwords are switched off here. Sign in with Example Login.')
    expect((await nobody.get('/session/options')).body.password).toBe('off')
  })

  test('the administrator comes by the provider, and gives nobody a password', async () => {
    const { browser } = await scene.signInAs('boss')
    const { body: me } = await scene.me(browser)
    const headers = { cookie: browser.cookieHeader(scene.publicUrl), 'x-csrf-token': me.csrfToken }
    const make = (more: object) =>
      scene.client().send('POST', '/users', {
        body: { name: 'New', email: `${randomUUID()}@example.test`, ...more },
        headers,
      })

    expect([me.roles, me.confirmBy]).toEqual([['admin'], ['provider']])
    expect(codeOf(await make({ password }))).toBe(off)
    expect((await make({})).status).toBe(201)
  })
})

describe('what administrators see', () => {
  const apps: TestApp[] = []
  afterAll(async () => {
    for (const app of apps) await app.close()
  })

  async function adminOf(signIn?: SignInConfiguration) {
    const app = await startTestApp(signIn ? { signIn } : {})
    apps.push(app)
    return app.signIn()
  }

  const configured = (issuer: string, password: PasswordSignIn = 'on'): SignInConfiguration => ({
    password,
    provider: {
      issuer,
      clientId: 'gatehouse',
      clientSecret: 'never-shown',
      scopes: 'openid profile email',
      name: 'Example',
    },
    rules: { provision: 'create', verifiedClaim: 'email_verified', admin: { claim: 'groups', values: ['a', 'b'] } },
  })

  test('without a provider there is none to test, and the addresses to register stand there all the same', async () => {
    const admin = await adminOf()

    expect((await admin.get('/settings/sign-in')).body).toEqual({
      password: 'on',
      provider: null,
      addresses: {
        redirect: 'http://localhost/auth/oidc/callback',
        signedOut: 'http://localhost/sign-in',
        backchannelLogout: 'http://localhost/auth/oidc/backchannel-logout',
      },
    })
    expect((await admin.post('/settings/sign-in/test')).status).toBe(409)
    expect((await admin.get('/session/options')).body).toEqual({ password: 'on', provider: null })
  })

  test('the client secret is shown nowhere', async () => {
    const admin = await adminOf(configured('http://127.0.0.1:1'))

    const { body } = await admin.get('/settings/sign-in')

    expect(body.provider).toMatchObject({ adminClaim: 'groups', adminValues: ['a', 'b'], provision: 'create' })
    expect(JSON.stringify(body)).not.toContain('never-shown')
  })

  test('a provider that is away is told as that, and the rest as not known', async () => {
    const admin = await adminOf(configured('http://127.0.0.1:1'))

    const { body } = await admin.post('/settings/sign-in/test')

    expect(body.checks.map(({ state }: { state: string }) => state)).toEqual([
      'failed',
      ...['unknown', 'unknown', 'unknown', 'unknown'],
    ])
  })

  test('a clock that is an hour off is found, and a discovery document of somebody else', async () => {
    const provider = await startCrookedProvider()
    const admin = await adminOf(configured(provider.issuer))
    const stateOf = async (check: string) =>
      (await admin.post('/settings/sign-in/test')).body.checks.find((one: { check: string }) => one.check === check)

    provider.clock = 3600
    expect(await stateOf('clock')).toMatchObject({
      state: 'failed',
      detail: expect.stringMatching(/^3(599|600|601) s$/),
    })
    provider.describes({ issuer: 'https://evil.example' })
    expect(await stateOf('discovery')).toMatchObject({ state: 'failed' })
    await provider.close()
  })

  test('a real provider: all is well; a wrong secret and an address that is not registered are found', async () => {
    const right = await startWithProvider()
    const wrong = await startWithProvider({ claimed: { clientSecret: 'wrong' } })
    const moved = await startWithProvider({ publicUrl: 'http://localhost:4' })
    const statesOf = async (scene: ProviderScene) => {
      const { body } = await (await scene.signIn()).post('/settings/sign-in/test')
      return Object.fromEntries(body.checks.map(({ check, state }: Record<string, string>) => [check, state]))
    }

    const well = { discovery: 'ok', keys: 'ok', clock: 'ok', client: 'ok', redirect: 'ok' }
    expect(await statesOf(right)).toEqual(well)
    expect(await statesOf(wrong)).toEqual({ ...well, client: 'failed' })
    expect(await statesOf(moved)).toEqual({ ...well, redirect: 'failed' })
    for (const scene of [right, wrong, moved]) await scene.close()
  })

  test('a wrong secret is told to whoever signs in, too', async () => {
    const wrong = await startWithProvider({ claimed: { clientSecret: 'wrong' } })
    wrong.people.push({ sub: 'boss', name: 'Boss', email: administrator.email })

    const { page } = await wrong.signInAs('boss')

    expect(page.url.searchParams.get('code')).toBe('client_refused')
    await wrong.close()
  })
})
