/** Fresh sign-ins by a provider, and its sessions' end: by the person, and by the provider. */
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sessions } from '../../src/features/sessions/sessions.table.ts'
import { type Browser, createBrowser } from '../support/browser.ts'
import { type Client, createClient } from '../support/client.ts'
import { aUser } from '../support/directory.ts'
import { type ProviderScene, startWithProvider } from '../support/sign-in-by-provider.ts'

let scene: ProviderScene
let admin: Client
beforeAll(async () => {
  scene = await startWithProvider()
  admin = await scene.signIn()
})
afterAll(() => scene.close())

async function somebody(more: Record<string, unknown> = {}) {
  const user = await aUser(admin, more)
  const person = { sub: randomUUID(), name: user.name, email: user.email }
  scene.people.push(person)
  return { user, person, ...(await scene.signInAs(person.sub)) }
}

const letSignInsGrowOld = () => scene.db.update(sessions).set({ authenticatedAt: sql`now() - interval '6 minutes'` })
const freshAddress = () => `${scene.publicUrl}/auth/oidc/start?fresh=1&next=/portal/api-tokens`
const isFresh = async (browser: Browser) => (await scene.me(browser)).body.fresh

/** Nobody is signed in at the provider any more: it would ask before it takes somebody else. */
function forget(browser: Browser): void {
  const jar = browser.cookies(scene.provider.issuer)
  for (const name of [...jar.keys()].filter((each) => each.startsWith('_session'))) jar.delete(name)
}

/** What the portal sends. */
async function signOut(browser: Browser) {
  const { body } = await scene.me(browser)
  return fetch(`${scene.publicUrl}/api/v1/session`, {
    method: 'DELETE',
    headers: { cookie: browser.cookieHeader(scene.publicUrl), 'x-csrf-token': body.csrfToken },
  })
}

async function events(eventType: string, limit = 1) {
  const { body } = await admin.get(`/directory-insights/events?eventType=${eventType}&limit=${limit}`)
  return body.items
}

describe('a fresh sign-in', () => {
  test('asks the person anew at the provider, and makes the session fresh', async () => {
    const { browser, person, user } = await somebody()
    await letSignInsGrowOld()
    expect(await isFresh(browser)).toBe(false)

    const asked = await browser.go(freshAddress())
    expect(asked.text).toContain('Who are you?')
    const { url } = await scene.choose(browser, asked.url, person.sub)

    expect(url.pathname).toBe('/portal/api-tokens')
    expect(await isFresh(browser)).toBe(true)
    expect((await events('user_login_attempt'))[0]).toMatchObject({
      success: true,
      resource: { id: user.id },
      changes: [{ field: 'identityProvider' }, { field: 'confirmation', to: { authTime: expect.any(String) } }],
    })
  })

  test('by somebody else leaves the session as it was', async () => {
    const { browser, user } = await somebody()
    const other = await somebody()
    await letSignInsGrowOld()

    forget(browser)
    const asked = await browser.go(freshAddress())
    const { url } = await scene.choose(browser, asked.url, other.person.sub)

    expect(url.searchParams.get('code')).toBe('other_person')
    const me = await scene.me(browser)
    expect([me.body.user.id, me.body.fresh]).toEqual([user.id, false])
  })

  test('is nothing for somebody who is not signed in, nor for a session that ended meanwhile', async () => {
    const nobody = await createBrowser().go(freshAddress())
    expect(nobody.url.searchParams.get('code')).toBe('signed_out')
    const { browser, person } = await somebody()
    const asked = await browser.go(freshAddress())
    await signOut(browser)

    const { url } = await scene.choose(browser, asked.url, person.sub)

    expect(url.searchParams.get('code')).toBe('state')
    expect((await scene.me(browser)).status).toBe(401)
  })
})

describe('signing out', () => {
  test('leads to the provider, which signs the person out there, too, and back', async () => {
    const { browser } = await somebody()

    const response = await signOut(browser)

    expect(response.status).toBe(204)
    const there = await browser.go(response.headers.get('x-gatehouse-sign-out') ?? '')
    const [, form = ''] = /action="([^"]+)"/.exec(there.text) ?? []
    const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(there.text) ?? []
    const { url } = await browser.go(new URL(form, there.url), { form: { xsrf, logout: 'yes' } })
    expect(url.href).toBe(`${scene.publicUrl}/sign-in`)
    expect((await scene.ask(browser)).text).toContain('Who are you?')
  })

  test('of a session by password leads nowhere', async () => {
    const client = await scene.signIn()

    expect((await client.delete('/session')).headers.get('x-gatehouse-sign-out')).toBeNull()
  })
})

describe('the provider', () => {
  test('ends our session when theirs ends there, and DI says who did', async () => {
    const { browser, user } = await somebody()
    const response = await signOut(browser)
    const again = await scene.ask(browser)
    expect(again.url.pathname).toBe('/')
    expect((await scene.me(browser)).status).toBe(200)

    // At the provider, as from another application there.
    const there = await browser.go(response.headers.get('x-gatehouse-sign-out') ?? '')
    const [, form = ''] = /action="([^"]+)"/.exec(there.text) ?? []
    const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(there.text) ?? []
    await browser.go(new URL(form, there.url), { form: { xsrf, logout: 'yes' } })

    await expect.poll(async () => (await scene.me(browser)).status).toBe(401)
    expect((await events('user_logout'))[0]).toMatchObject({
      initiated_by: { type: 'source' },
      resource: { id: user.id },
      changes: [{ field: 'identityProvider', from: scene.provider.issuer }],
    })
  })

  test('does not ask those whom it signs in to change a password that somebody else has chosen', async () => {
    const { browser, user } = await somebody({ password: 'chosen-by-an-admin-7', mustChangePassword: true })

    expect((await scene.me(browser)).body).toMatchObject({
      mustChangePassword: false,
      confirmBy: ['password', 'provider'],
    })
    const byPassword = await createClient(scene.base).signIn(user.email, 'chosen-by-an-admin-7')
    expect(byPassword.body.mustChangePassword).toBe(true)
  })
})

test('while the provider is away the service says so, and the administrator comes in by password; then it works again', async () => {
  const { user, person } = await somebody()
  const options = async () => (await scene.client().get('/session/options')).body
  expect(await options()).toEqual({
    password: 'on',
    provider: { name: 'Example Login', startUrl: '/auth/oidc/start', reachable: true },
  })

  await scene.stopProvider()
  const away = await startAwayScene()
  expect((await away.client().get('/session/options')).body.provider.reachable).toBe(false)
  const refused = await createBrowser().go(`${away.publicUrl}/auth/oidc/start`)
  expect(refused.url.searchParams.get('code')).toBe('provider_unreachable')
  expect((await (await away.signIn()).get('/me')).status).toBe(200)
  await away.close()
  await scene.startProvider()

  await expect
    .poll(async () => (await scene.me((await scene.signInAs(person.sub)).browser)).body.user?.id, { timeout: 10_000 })
    .toBe(user.id)
})

/** A service that starts while its provider is away. */
async function startAwayScene() {
  const away = await startWithProvider()
  await away.stopProvider()
  return { ...away, close: () => away.close().catch(() => undefined) }
}
