/** Sign-in by a real identity provider: who is let in, as whom, and what is written of it. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import type { Client } from '../support/client.ts'
import { aUser } from '../support/directory.ts'
import { isCallback, type ProviderScene, startWithProvider } from '../support/sign-in-by-provider.ts'

let scene: ProviderScene
let admin: Client
beforeAll(async () => {
  scene = await startWithProvider()
  admin = await scene.signIn()
})
afterAll(() => scene.close())

/** Somebody at the provider, whom nobody here knows unless `of` says who it is. */
function provided(more: object = {}) {
  const sub = randomUUID()
  const person = { sub, name: 'Ada Byron', email: `${sub}@example.test`, emailVerified: true, ...more }
  scene.people.push(person)
  return person
}

async function somebody(more: object = {}) {
  const user = await aUser(admin)
  return { user, person: provided({ name: user.name, email: user.email, ...more }) }
}

const problemOf = (url: URL) => `${url.pathname} ${url.searchParams.get('code')}`

async function lastAttempt() {
  const { body } = await admin.get('/directory-insights/events?eventType=user_login_attempt&limit=1')
  return body.items[0]
}

test('somebody with an account and a verified address is signed in, and led to where they were going', async () => {
  const { user, person } = await somebody()

  const { browser, page } = await scene.signInAs(person.sub, { query: '?next=%2Fportal%2Frequests%3Fq%3Da' })

  expect(page.url.pathname + page.url.search).toBe('/portal/requests?q=a')
  const me = await scene.me(browser)
  expect([me.status, me.body.user.id, me.body.fresh, me.body.confirmBy]).toEqual([200, user.id, true, ['provider']])
  expect(await lastAttempt()).toMatchObject({
    success: true,
    initiated_by: { id: user.id },
    changes: [
      { field: 'identityProvider', to: scene.provider.issuer },
      { field: 'linked', to: true },
    ],
  })
})

describe('who somebody is', () => {
  test('they stay the same person when their address changes at the provider', async () => {
    const { user, person } = await somebody()
    await scene.signInAs(person.sub)

    Object.assign(person, { email: `renamed.${randomUUID()}@example.test`, emailVerified: false })
    const { browser } = await scene.signInAs(person.sub)

    expect((await scene.me(browser)).body.user).toMatchObject({ id: user.id, email: user.email })
  })

  test('somebody who is given the address of another account later does not come into that account', async () => {
    const { user, person } = await somebody()
    await scene.signInAs(person.sub)
    person.email = `renamed.${randomUUID()}@example.test`
    const newcomer = provided({ email: user.email })

    const { browser, page } = await scene.signInAs(newcomer.sub)

    expect(problemOf(page.url)).toBe('/sign-in-problem already_linked')
    expect((await scene.me(browser)).status).toBe(401)
  })

  test('of two people with one address at the provider the first one has the account', async () => {
    const { user, person } = await somebody()
    const twin = provided({ email: user.email.toUpperCase() })

    const [first, second] = [await scene.signInAs(person.sub), await scene.signInAs(twin.sub)]

    expect((await scene.me(first.browser)).body.user.id).toBe(user.id)
    expect(problemOf(second.page.url)).toBe('/sign-in-problem already_linked')
  })

  test('two browsers at the same moment, the first time, are one person', async () => {
    const { user, person } = await somebody()

    const both = await Promise.all([scene.signInAs(person.sub), scene.signInAs(person.sub)])

    for (const { browser } of both) expect((await scene.me(browser)).body.user.id).toBe(user.id)
  })

  test('after an administrator has unlinked them, another account at the provider may take their place', async () => {
    const { user, person } = await somebody()
    await scene.signInAs(person.sub)
    const next = provided({ email: user.email })

    const unlinked = await admin.delete(`/users/${user.id}/identity`)

    expect(unlinked.status).toBe(204)
    expect((await scene.me((await scene.signInAs(next.sub)).browser)).body.user.id).toBe(user.id)
    expect((await admin.delete(`/users/${randomUUID()}/identity`)).status).toBe(404)
  })
})

describe('who is not let in', () => {
  const refused: [string, string, object, object][] = [
    ['an address that the provider has not verified', 'unverified', {}, { emailVerified: false }],
    ['an address that nobody here has', 'unknown', {}, { email: 'nobody.here@example.test' }],
    ['no address', 'no_address', {}, { email: '' }],
    ['an account that is suspended', 'suspended', { state: 'suspended' }, {}],
    ['an account that is not activated yet', 'not_activated', { state: 'staged' }, {}],
  ]

  test.each(refused)('%s: %s', async (_, failure, ofUser, atProvider) => {
    const { user } = await somebody()
    await admin.patch(`/users/${user.id}`, ofUser)
    const person = provided({ email: user.email, ...atProvider })

    const { browser, page } = await scene.signInAs(person.sub, { query: '?next=/portal/requests' })

    expect(problemOf(page.url)).toBe(`/sign-in-problem ${failure}`)
    expect(page.url.searchParams.get('next')).toBe('/portal/requests')
    expect((await scene.me(browser)).status).toBe(401)
    const { success, error_message: message } = await lastAttempt()
    expect([success, message.length > 20]).toEqual([false, true])
  })

  test('somebody who was suspended after they were known, and whose session ends with it', async () => {
    const { user, person } = await somebody()
    const { browser } = await scene.signInAs(person.sub)

    await admin.patch(`/users/${user.id}`, { state: 'suspended' })

    expect((await scene.me(browser)).status).toBe(401)
    expect(problemOf((await scene.signInAs(person.sub)).page.url)).toBe('/sign-in-problem suspended')
    expect((await lastAttempt()).resource).toMatchObject({ type: 'user', id: user.id })
  })

  test('somebody whom their source has removed', async () => {
    const { user, person } = await somebody()
    await scene.signInAs(person.sub)
    await scene.superuser.execute(`update users set removed_at = now() where id = '${user.id}'`)

    expect(problemOf((await scene.signInAs(person.sub)).page.url)).toBe('/sign-in-problem removed')
  })

  test('who tries again is asked who they are, although the provider still has them signed in', async () => {
    const { browser, page } = await scene.signInAs(provided().sub)
    expect(problemOf(page.url)).toBe('/sign-in-problem unknown')

    expect(problemOf((await scene.ask(browser)).url)).toBe('/sign-in-problem unknown')
    expect((await scene.ask(browser, '?next=/portal&again=1')).text).toContain('Who are you?')
  })

  test('whoever says no at the provider', async () => {
    const { page } = await scene.signInAs('')

    expect(problemOf(page.url)).toBe('/sign-in-problem denied')
  })
})

describe('the answer of the provider', () => {
  /** Stops before the answer reaches us. */
  async function answered() {
    const { user, person } = await somebody()
    const browser = createBrowser()
    const asked = await scene.ask(browser)
    const { url } = await scene.choose(browser, asked.url, person.sub, isCallback)
    return { user, browser, url }
  }

  test('is taken once: replayed it opens nothing', async () => {
    const { browser, url } = await answered()
    await browser.go(url)
    browser.cookies(scene.publicUrl).delete('gatehouse_session')

    const { url: again } = await browser.go(url)

    expect(problemOf(again)).toBe('/sign-in-problem state')
    expect((await scene.me(browser)).status).toBe(401)
  })

  test('opens nothing in another browser, and still does in the one that has asked', async () => {
    const { user, browser, url } = await answered()
    const victim = createBrowser()
    await scene.ask(victim)

    expect(problemOf((await victim.go(url)).url)).toBe('/sign-in-problem state')
    expect(problemOf((await createBrowser().go(url)).url)).toBe('/sign-in-problem state')
    await browser.go(url)
    expect((await scene.me(browser)).body.user.id).toBe(user.id)
  })

  test.each(['state=made-up&code=a', 'code=a', '', 'state=a&state=b', `state=${'x'.repeat(5000)}`])(
    'with the query "%.30s" is none',
    async (query) => {
      const browser = createBrowser()
      await scene.ask(browser)

      const { url } = await browser.go(`${scene.publicUrl}/auth/oidc/callback?${query}`)

      expect(problemOf(url)).toBe('/sign-in-problem state')
    },
  )

  test('with the code of another sign-in is refused: the code belongs to its verifier', async () => {
    const [mine, theirs] = [await answered(), await answered()]
    const mixed = new URL(mine.url)
    mixed.searchParams.set('code', theirs.url.searchParams.get('code') ?? '')

    const { url } = await mine.browser.go(mixed)

    expect(problemOf(url)).toBe('/sign-in-problem not_valid')
  })

  test('is not taken after ten minutes', async () => {
    const { browser, url } = await answered()
    await scene.superuser.execute(`update oidc_attempts set expires_at = now() - interval '1 second'`)

    expect(problemOf((await browser.go(url)).url)).toBe('/sign-in-problem state')
  })

  test('gives the browser a session of its own: one that was planted before ends', async () => {
    const { browser, url } = await answered()
    const planted = await scene.signIn()
    browser.cookies(scene.publicUrl).set('gatehouse_session', planted.cookie?.split('=')[1] ?? '')

    await browser.go(url)

    expect(browser.cookieHeader(scene.publicUrl)).not.toContain(planted.cookie)
    expect((await planted.get('/me')).status).toBe(401)
  })
})

describe('where it leads', () => {
  test.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/%09/evil.example'.replace('%09', '\t'),
    'javascript:alert(1)',
    '/a/../..//evil.example',
    '/auth/oidc/start',
    `/${'x'.repeat(3000)}`,
  ])('%.40s is none of our addresses', async (next) => {
    const { person } = await somebody()

    const { page } = await scene.signInAs(person.sub, { query: `?next=${encodeURIComponent(next)}` })

    expect(page.url.origin + page.url.pathname).toBe(`${scene.publicUrl}/`)
  })

  test('the Host that a caller names changes nothing', async () => {
    const { person } = await somebody()
    const response = await fetch(`${scene.publicUrl}/auth/oidc/start`, {
      redirect: 'manual',
      headers: { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' },
    })

    const asked = new URL(response.headers.get('location') ?? '')

    expect(person.sub).not.toBe('')
    expect(asked.searchParams.get('redirect_uri')).toBe(`${scene.publicUrl}/auth/oidc/callback`)
    expect(asked.searchParams.get('code_challenge_method')).toBe('S256')
    expect(response.headers.get('set-cookie')).toMatch(/gatehouse_sign_in=.*HttpOnly.*SameSite=Lax/)
  })
})
