/** What a provider says of a person in two documents, the id token and its answer about the user; and what it must not say. */
import { randomUUID } from 'node:crypto'
import type { JWTPayload } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type CrookedScene, startWithCrookedProvider } from '../support/crooked-scene.ts'

let scene: CrookedScene
beforeAll(async () => {
  scene = await startWithCrookedProvider()
})
beforeEach(() => scene.describes({ userinfo_endpoint: `${scene.provider.issuer}/userinfo` }))
afterAll(() => scene.close())

/** Both documents are of the same person. */
function says(ofIdToken: JWTPayload, ofUser: object) {
  const sub = randomUUID()
  scene.provider.says((usual) => ({ ...usual, sub, email: undefined, email_verified: undefined, ...ofIdToken }))
  scene.provider.tellsMore({ sub, ...ofUser })
}

describe('an address and whether it is verified', () => {
  const address = () => `${randomUUID()}@example.test`

  test('come from the same document: the verification of another address counts for nothing', async () => {
    const [known, own] = [address(), address()]
    const admin = await scene.app.signIn()
    await admin.post('/users', { name: 'Known', email: known, state: 'activated' })

    says({ email: known }, { email_verified: true })
    expect(await scene.signIn()).toMatchObject({ code: 'unverified', me: null })

    says({ email: known }, { email: own, email_verified: true })
    expect((await scene.signIn()).me.user.email).toBe(own)

    says({ email_verified: true }, { email: known })
    expect(await scene.signIn()).toMatchObject({ code: 'unverified', me: null })
  })

  test('may both stand in the answer about the user alone', async () => {
    const email = address()
    says({}, { email, email_verified: true })

    expect((await scene.signIn()).me.user.email).toBe(email)
  })

  test('where both documents say so, those of the id token count', async () => {
    says({ email: address(), email_verified: false }, { email: address(), email_verified: true })

    expect(await scene.signIn()).toMatchObject({ code: 'unverified', me: null })
  })
})

/** Somebody of whom all is well but for this. */
function saysOf(more: JWTPayload) {
  const email = `${randomUUID()}@example.test`
  says({ email, email_verified: true, ...more }, { sub: more.sub })
}

describe('what cannot be kept is refused with the page that says so', () => {
  const long = () => Array.from({ length: 400 }, () => randomUUID()).join('')
  const odd: [string, () => JWTPayload][] = [
    ['a sub with a NUL', () => ({ sub: 'a\u0000b' })],
    ['a sub of 14 kB', () => ({ sub: long() })],
    ['a sid with a NUL', () => ({ sub: randomUUID(), sid: 'a\u0000b' })],
    ['a sid of 14 kB', () => ({ sub: randomUUID(), sid: long() })],
    ['an acr with a NUL', () => ({ sub: randomUUID(), acr: 'a\u0000b' })],
  ]

  test.each(odd)('%s', async (_, more) => {
    saysOf(more())

    const { url, code, me } = await scene.signIn()

    expect([url.pathname, code, me]).toEqual(['/sign-in-problem', 'not_valid', null])
  })
})

describe('a time of the sign-in', () => {
  const odd: [string, () => unknown][] = [
    ['an hour ahead', () => scene.provider.now() + 3600],
    ['beyond all dates', () => 1e300],
    ['in milliseconds', () => Date.now()],
    ['in words', () => 'now'],
    ['before 1970', () => -1e18],
  ]

  test.each(odd)('%s opens no session, and makes none fresh', async (_, authTime) => {
    const sub = randomUUID()
    saysOf({ sub })
    const { browser } = await scene.signIn()
    saysOf({ sub, auth_time: authTime() as number })

    expect(await scene.signIn()).toMatchObject({ code: 'not_valid', me: null })
    const { url, code } = await scene.signIn({ browser, query: 'fresh=1' })
    expect([url.pathname, ['not_fresh', 'not_valid'].includes(code ?? '')]).toEqual(['/sign-in-problem', true])
  })

  test('an hour ahead is told as not fresh, one a minute ahead is of a clock that differs a little', async () => {
    const sub = randomUUID()
    saysOf({ sub })
    const { browser } = await scene.signIn()

    saysOf({ sub, auth_time: scene.provider.now() + 3600 })
    expect((await scene.signIn({ browser, query: 'fresh=1' })).code).toBe('not_fresh')
    saysOf({ sub, auth_time: scene.provider.now() + 60 })
    expect((await scene.signIn({ browser, query: 'fresh=1' })).code).toBeNull()
  })
})

test('who tries again is asked to choose an account, or to sign in where the provider has no such question', async () => {
  const asked = async (query: string) => {
    await scene.signIn({ query })
    return scene.provider.asked.at(-1)?.get('prompt') ?? null
  }
  expect([await asked('next=/portal'), await asked('again=1'), await asked('again=yes')]).toEqual([
    null,
    'select_account',
    null,
  ])
  await scene.describes({ prompt_values_supported: ['none', 'login'] })
  expect(await asked('again=1')).toBe('login')
})

describe('signing out', () => {
  async function signedOutAt(more: JWTPayload) {
    await scene.describes({ end_session_endpoint: `${scene.provider.issuer}/end` })
    saysOf({ sub: randomUUID(), ...more })
    const { browser, me } = await scene.signIn()
    const response = await fetch(`${scene.app.base}/api/v1/session`, {
      method: 'DELETE',
      headers: { cookie: browser.cookieHeader(scene.app.base), 'x-csrf-token': me.csrfToken },
    })
    return new URL(response.headers.get('x-gatehouse-sign-out') ?? '').searchParams
  }

  test('sends the id token along, but not a long one', async () => {
    const short = await signedOutAt({})
    const long = await signedOutAt({ groups: Array.from({ length: 100 }, () => randomUUID()) })

    expect([short.has('id_token_hint'), short.get('client_id')]).toEqual([true, 'gatehouse'])
    expect([long.has('id_token_hint'), long.get('client_id')]).toEqual([false, 'gatehouse'])
  })
})
