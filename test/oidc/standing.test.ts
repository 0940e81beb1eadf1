/** What being signed in at the provider is worth, and whose the role of administrator is. */
import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { users } from '../../src/features/directory/users/users.table.ts'
import type { ProvidedPerson } from '../../src/local/identity-provider.ts'
import type { Browser } from '../support/browser.ts'
import type { Client } from '../support/client.ts'
import { aUser } from '../support/directory.ts'
import { type ProviderScene, startWithProvider } from '../support/sign-in-by-provider.ts'

let scene: ProviderScene
let founder: Client

const rules = { provision: 'create' as const, admin: { claim: 'groups', values: ['admins'] } }

function somebody(groups: string[] = []): ProvidedPerson & { groups: string[] } {
  const sub = randomUUID()
  const person = { sub, name: `Person ${sub.slice(0, 4)}`, email: `${sub}@example.test`, emailVerified: true, groups }
  scene.people.push(person)
  return person
}

const meOf = async (browser: Browser) => (await scene.me(browser)).body
const longAgo = () => scene.db.execute(sql`update sessions set authenticated_at = now() - interval '3 hours'`)

async function start(acrValues?: string) {
  scene = await startWithProvider({ rules, ...(acrValues ? { acrValues } : {}) })
  founder = await scene.signIn()
}

describe('a session', () => {
  beforeAll(() => start())
  afterAll(() => scene.close())

  test('that the provider opens without asking anybody is not fresh', async () => {
    const person = somebody()
    const { browser } = await scene.signInAs(person.sub)
    expect((await meOf(browser)).fresh).toBe(true)
    await scene.ask(browser)

    const me = await meOf(browser)
    expect(me.user.email).toBe(person.email)
    const [row] = [
      ...((await scene.db.execute(
        sql`select s.authenticated_at < s.created_at as earlier from sessions s join users u on u.id = s.user_id where u.email = ${person.email}`,
      )) as Iterable<{ earlier: boolean }>),
    ]
    expect(row?.earlier).toBe(true)
  })
})

describe('an address', () => {
  beforeAll(() => start())
  afterAll(() => scene.close())

  test('a token moves nobody who is found by their address at the first sign-in', async () => {
    const { body: token } = await founder.post('/api-tokens', { name: 'HR', scopes: ['directory:write'] })
    const hr = scene.client({ token: token.token })
    const user = await aUser(founder)
    const administrator = await aUser(founder, { roles: ['admin'] })

    for (const { id } of [user, administrator])
      expect(await hr.patch(`/users/${id}`, { email: `${randomUUID()}@evil.test` })).toMatchObject({ status: 403 })
  })
})

describe('a role that a claim has given', () => {
  beforeAll(() => start())
  afterAll(() => scene.close())

  const rolesOf = async (email: string) =>
    (await scene.db.select({ roles: users.roles }).from(users).where(eq(users.email, email)))[0]?.roles

  test('goes when the person is unlinked, and does not come back without the claim', async () => {
    const person = somebody(['admins'])
    const { user } = await meOf((await scene.signInAs(person.sub)).browser)
    expect(user.roles).toEqual(['admin'])

    expect((await founder.delete(`/users/${user.id}/identity`)).status).toBe(204)
    expect(await rolesOf(person.email)).toEqual([])
    person.groups = []

    expect((await meOf((await scene.signInAs(person.sub)).browser)).user.roles).toEqual([])
  })

  test('goes at a fresh sign-in, too, and the session with it', async () => {
    const person = somebody(['admins'])
    const { browser } = await scene.signInAs(person.sub)
    person.groups = []

    const { page } = await scene.signInAs(person.sub, { browser, query: '?fresh=1' })

    expect(page.url.searchParams.get('code')).toBe('signed_out')
    expect([(await scene.me(browser)).status, await rolesOf(person.email)]).toEqual([401, []])
  })

  test('is theirs once an administrator has given it here', async () => {
    const person = somebody(['admins'])
    const { user } = await meOf((await scene.signInAs(person.sub)).browser)
    for (const roles of [[], ['admin']]) expect((await founder.patch(`/users/${user.id}`, { roles })).status).toBe(200)
    person.groups = []

    expect((await meOf((await scene.signInAs(person.sub)).browser)).user.roles).toEqual(['admin'])
  })

  test('goes under another issuer as well', async () => {
    const person = somebody(['admins'])
    const { user } = await meOf((await scene.signInAs(person.sub)).browser)
    await scene.db.execute(sql`update oidc_identities set issuer = 'https://before.example' where user_id = ${user.id}`)
    person.groups = []

    expect((await meOf((await scene.signInAs(person.sub)).browser)).user.roles).toEqual([])
  })
})

describe('where OIDC_ACR_VALUES asks for a way to sign in', () => {
  beforeAll(() => start('urn:mfa'))
  afterAll(() => scene.close())

  test('a session by another way opens, and is not fresh', async () => {
    const { browser } = await scene.signInAs(somebody().sub)
    await longAgo()
    expect(await meOf(browser)).toMatchObject({ fresh: false })

    await scene.ask(browser)

    expect(await meOf(browser)).toMatchObject({ fresh: false })
  })
})
