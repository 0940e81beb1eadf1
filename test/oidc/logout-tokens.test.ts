/** What a provider sends when somebody's session with it has ended (Back-Channel Logout 1.0), and what only looks like it. */
import type { JWTPayload } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { createBrowser } from '../support/browser.ts'
import { type CrookedProvider, startCrookedProvider } from '../support/crooked-provider.ts'

let provider: CrookedProvider
let app: TestApp
beforeAll(async () => {
  provider = await startCrookedProvider()
  app = await startTestApp({
    signIn: {
      password: 'on',
      provider: {
        issuer: provider.issuer,
        clientId: 'gatehouse',
        clientSecret: 'secret',
        scopes: 'openid profile email',
        name: 'Example',
      },
      rules: { provision: 'create', verifiedClaim: 'email_verified', admin: null },
    },
  })
})
beforeEach(() => provider.says((usual) => ({ ...usual, sid: 'a-session' })))
afterAll(async () => {
  await app.close()
  await provider.close()
})

async function signedIn(sid = 'a-session') {
  provider.says((usual) => ({ ...usual, sid }))
  const browser = createBrowser()
  const back = await browser.go(`${app.base}/auth/oidc/start`, {
    until: ({ pathname }) => pathname === '/auth/oidc/callback',
  })
  await browser.go(app.base + back.url.pathname + back.url.search)
  return async () =>
    (await fetch(`${app.base}/api/v1/me`, { headers: { cookie: browser.cookieHeader(app.base) } })).status
}

async function send(token: string | undefined, init: RequestInit = {}) {
  const response = await fetch(`${app.base}/auth/oidc/backchannel-logout`, {
    method: 'POST',
    body: new URLSearchParams(token === undefined ? {} : { logout_token: token }),
    ...init,
  })
  return { status: response.status, cache: response.headers.get('cache-control'), text: await response.text() }
}

test('by sub, every session of the person ends; by sid, the one', async () => {
  const [one, other] = [await signedIn('first'), await signedIn('second')]

  const answer = await send(await provider.logoutToken({ sid: 'first' }))

  expect([answer.status, answer.cache]).toEqual([200, 'no-store'])
  expect([await one(), await other()]).toEqual([401, 200])
  await send(await provider.logoutToken())
  expect(await other()).toBe(401)
})

test('by both, also a session of the person of which the provider has never said which of its own it is', async () => {
  const [without, other] = [await signedIn(''), await signedIn('second')]

  await send(await provider.logoutToken({ sub: 'somebody-else', sid: 'first' }))
  await send(await provider.logoutToken({ sub: undefined, sid: 'first' }))
  expect([await without(), await other()]).toEqual([200, 200])
  await send(await provider.logoutToken({ sid: 'first' }))

  expect([await without(), await other()]).toEqual([401, 200])
})

test('a session of another person stays, and so does one by password', async () => {
  const byPassword = await app.signIn()
  const status = await signedIn()

  expect((await send(await provider.logoutToken({ sub: 'somebody-else' }))).status).toBe(200)
  expect((await send(await provider.logoutToken({ sid: 'another' }))).status).toBe(200)

  expect([await status(), (await byPassword.get('/me')).status]).toEqual([200, 200])
})

test('the same token is taken once', async () => {
  const token = await provider.logoutToken()
  expect((await send(token)).status).toBe(200)

  const again = await send(token)

  expect([again.status, JSON.parse(again.text)]).toEqual([
    400,
    { error: 'invalid_request', error_description: 'The logout token was taken before.' },
  ])
})

describe('is refused, and ends nothing', () => {
  const changes: [string, () => JWTPayload][] = [
    ['a token of another client', () => ({ aud: 'another-client' })],
    ['a token of another issuer', () => ({ iss: 'https://evil.example' })],
    ['an id token: it has a nonce', () => ({ nonce: 'n' })],
    ['a token without the event', () => ({ events: {} })],
    [
      'a token whose event is a word',
      () => ({ events: { 'http://schemas.openid.net/event/backchannel-logout': 'yes' } }),
    ],
    ['a token of an hour ago', () => ({ iat: provider.now() - 3600, exp: provider.now() + 60 })],
    ['a token that has expired', () => ({ exp: provider.now() - 200 })],
    ['a token of the future', () => ({ iat: provider.now() + 3600, exp: provider.now() + 7200 })],
    ['a token about nobody', () => ({ sub: undefined })],
    ['a token without an id', () => ({ jti: undefined })],
    ['a token about a person with a NUL', () => ({ sub: 'some\u0000body' })],
    ['a token about a session with a NUL', () => ({ sid: 'a\u0000b' })],
    ['a token about a person of 14 kB', () => ({ sub: 'x'.repeat(14_000) })],
  ]

  test.each(changes)('%s', async (_, change) => {
    const status = await signedIn()

    const { status: answered, text } = await send(await provider.logoutToken(change()))

    expect([answered, JSON.parse(text).error]).toEqual([400, 'invalid_request'])
    expect(await status()).toBe(200)
  })

  test.each([
    ['nothing', undefined],
    ['no token', 'not.a.token'],
    ['an unsigned one', `${btoa('{"alg":"none"}')}.${btoa('{}')}.`],
    ['a long one', 'x'.repeat(20_000)],
  ])('%s', async (_, token) => {
    expect((await send(token)).status).toBe(400)
  })

  test('what is no form, or too much', async () => {
    const json = await send(undefined, {
      headers: { 'content-type': 'application/json' },
      body: '{"logout_token":"a"}',
    })
    const much = await send('x'.repeat(50_000))

    expect([json.status, much.status]).toEqual([400, 413])
  })

  test('a token that is signed with a key which the provider does not publish', async () => {
    const status = await signedIn()
    await provider.changeKey('stolen', { isPublished: false })

    expect((await send(await provider.logoutToken())).status).toBe(400)
    expect(await status()).toBe(200)
  })
})
