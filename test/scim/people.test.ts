/** People by SCIM: what a provider sends, what the directory keeps of it, and what is refused. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aUser, password, unique } from '../support/directory.ts'
import { aProvider, createProvider, enterprise, type Provider } from '../support/scim.ts'

let app: TestApp
let admin: Client
let okta: Provider
let source: { id: string; name: string }

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
  const made = await aProvider(admin, app.base, 'Okta')
  okta = made.provider
  source = made.source
})
afterAll(() => app.close())

const kept = async (id: string) => (await admin.get(`/users/${id}`)).body

describe('somebody a provider sends', () => {
  test('is made with everything it says, and given back as it was sent', async () => {
    const boss = await okta.person()
    const sent = {
      externalId: 'e-1',
      userName: 'ann.lee',
      name: { givenName: 'Ann', familyName: 'Lee' },
      title: 'Clerk',
      emails: [
        { value: 'ann@home.example.test', type: 'home' },
        { value: 'ann@work.example.test', type: 'work', primary: true },
      ],
      [enterprise]: { department: 'Sales', manager: { value: boss.id } },
      phoneNumbers: [{ value: '+1', type: 'work' }],
    }

    const { status, body, headers } = await okta.post('/Users', sent)
    const read = await okta.get(`/Users/${body.id}`)

    expect(status).toBe(201)
    expect(headers.get('content-type')).toContain('application/scim+json')
    expect(headers.get('location')).toBe(body.meta.location)
    expect(body).toMatchObject({
      userName: 'ann.lee',
      active: true,
      name: sent.name,
      emails: sent.emails,
      title: 'Clerk',
    })
    expect(body.displayName).toBeUndefined()
    expect(body.phoneNumbers).toBeUndefined()
    expect(body[enterprise]).toMatchObject({ department: 'Sales', manager: { value: boss.id } })
    expect(read.body).toEqual(body)
    expect(read.headers.get('etag')).toBe(body.meta.version)
    expect(await kept(body.id)).toMatchObject({
      name: 'Ann Lee',
      email: 'ann@work.example.test',
      department: 'Sales',
      jobTitle: 'Clerk',
      state: 'activated',
      manager: { id: boss.id },
      managedBy: { id: source.id, kind: 'scim' },
    })
  })

  test('is one person to a provider, whatever the case of their name', async () => {
    const person = await okta.person({ externalId: 'twice' })

    const sameName = await okta.post('/Users', { userName: person.userName.toUpperCase() })
    const sameId = await okta.post('/Users', { userName: 'other@people.example.test', externalId: 'twice' })

    expect(sameName).toMatchObject({ status: 409, body: { status: '409', scimType: 'uniqueness' } })
    expect(sameId).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } })
    expect((await okta.found('/Users', `userName eq "${person.userName.toUpperCase()}"`)).body.totalResults).toBe(1)
    expect((await okta.found('/Users', 'userName eq "other@people.example.test"')).body.totalResults).toBe(0)
  })

  test.each([
    ['no name', {}, 'userName'],
    ['a name that is no address, and no address', { userName: 'ann' }, 'emails'],
    ['text where truth is asked for', { active: 'perhaps' }, 'active'],
    ['a manager who is not there', { [enterprise]: { manager: { value: 'nobody' } } }, 'manager'],
    ['NUL in a name', { name: { givenName: 'a\u0000b' } }, 'name'],
    ['a name without end', { displayName: 'x'.repeat(999) }, 'displayName'],
  ])('is refused with %s, and nothing is made', async (_, fields, about) => {
    const before = (await okta.get('/Users?count=0')).body.totalResults

    const sent = { userName: 'bad@people.example.test', ...fields }
    const answer = await okta.post('/Users', about === 'userName' ? {} : sent)

    expect(answer).toMatchObject({ status: 400, body: { scimType: 'invalidValue', status: '400' } })
    expect(answer.body.detail).toContain(about)
    expect((await okta.get('/Users?count=0')).body.totalResults).toBe(before)
  })

  test('is replaced as a whole: what is left out goes, but for whether they are active', async () => {
    const person = await okta.person({ title: 'Clerk', [enterprise]: { department: 'Sales' }, active: false })

    const { status, body } = await okta.put(`/Users/${person.id}`, { userName: person.userName, displayName: 'New' })

    expect(status).toBe(200)
    expect(body).toMatchObject({ displayName: 'New', active: false })
    expect(await kept(person.id)).toMatchObject({ name: 'New', jobTitle: null, department: null, state: 'suspended' })
  })
})

describe('managers', () => {
  test('that would close a loop are refused by name, and nothing of the change is done', async () => {
    const a = await okta.person({ displayName: 'Aba' })
    const b = await okta.person({ displayName: 'Bob', [enterprise]: { manager: a.id } })
    const c = await okta.person({ displayName: 'Cyd', [enterprise]: { manager: { value: b.id } } })

    const answer = await okta.patch(`/Users/${a.id}`, [
      { op: 'replace', value: { title: 'Chief' } },
      { op: 'add', path: `${enterprise}:manager`, value: c.id },
    ])

    expect(answer).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } })
    expect(answer.body.detail).toContain('Aba → Cyd → Bob → Aba')
    expect(await kept(a.id)).toMatchObject({ jobTitle: null, manager: null })
  })

  test('two at once that would close a loop together: one is refused', async () => {
    const [a, b] = [await okta.person(), await okta.person()]
    const manage = (who: string, by: string) =>
      okta.patch(`/Users/${who}`, [{ op: 'replace', path: `${enterprise}:manager`, value: { value: by } }])

    const answers = await Promise.all([manage(a.id, b.id), manage(b.id, a.id)])

    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '400'])
  })
})

describe('versions', () => {
  test('a write with an old version changes nothing; with this one it does', async () => {
    const person = await okta.person()
    const path = `/Users/${person.id}`
    const title = (value: string, ifMatch: string) =>
      okta.patch(path, [{ op: 'add', path: 'title', value }], { 'If-Match': ifMatch })

    const now = await title('One', person.meta.version)
    const old = await title('Two', person.meta.version)
    const whole = await okta.put(path, { userName: person.userName }, { 'If-Match': 'W/"other"' })
    const gone = await okta.send('DELETE', path, { headers: { 'If-Match': person.meta.version } })
    const unchanged = await okta.send('GET', path, { headers: { 'If-None-Match': now.body.meta.version } })

    expect(now).toMatchObject({ status: 200, body: { title: 'One' } })
    expect([old.status, whole.status, gone.status]).toEqual([412, 412, 412])
    expect(old.body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error'])
    expect(unchanged.status).toBe(304)
    expect((await title('Any', '*')).status).toBe(200)
  })

  test('of many changes of different attributes at once none is lost', async () => {
    const person = await okta.person()
    const parts = ['title', 'displayName', 'name.givenName', 'name.familyName', `${enterprise}:department`]

    const answers = await Promise.all(
      parts.map((path) => okta.patch(`/Users/${person.id}`, [{ op: 'add', path, value: `the ${path.at(-1)}` }])),
    )

    expect(answers.map(({ status }) => status)).toEqual(parts.map(() => 200))
    expect((await okta.get(`/Users/${person.id}`)).body).toMatchObject({
      title: 'the e',
      displayName: 'the e',
      name: { givenName: 'the e', familyName: 'the e' },
      [enterprise]: { department: 'the t' },
    })
  })
})

test('the extension is emptied by null, at its path and without one', async () => {
  for (const operation of [{ path: enterprise, value: null }, { value: { [enterprise]: null } }]) {
    const person = await okta.person({ [enterprise]: { department: 'Sales' } })

    const { status, body } = await okta.patch(`/Users/${person.id}`, [{ op: 'replace', ...operation }])

    expect([status, body[enterprise]]).toEqual([200, undefined])
  }
})

describe('whoever leaves', () => {
  test('is suspended at once, and every credential of theirs ends', async () => {
    const person = await aUser(admin, { password })
    const session = await app.signIn(person.email, password)
    const { token } = (await session.post('/api-tokens', { name: 'Mine' })).body

    const answer = await okta.patch(`/Users/${person.id}`, [{ op: 'Replace', path: 'active', value: 'False' }])

    expect((await session.get('/me')).status).toBe(401)
    expect((await app.client({ token }).get('/me')).status).toBe(401)
    expect(answer).toMatchObject({ status: 200, body: { active: false } })
    expect((await kept(person.id)).state).toBe('suspended')
  })

  test('and is deleted at the provider is there no more for it, is out of its groups, and comes back as the same person', async () => {
    const person = await okta.person({ externalId: 'back' })
    const group = await okta.group({ members: [{ value: person.id }] })

    const removed = await okta.delete(`/Users/${person.id}`)
    const again = await okta.delete(`/Users/${person.id}`)
    const stateThen = (await kept(person.id)).state
    const members = (await okta.get(`/Groups/${group.id}`)).body.members
    const listed = await okta.found('/Users', `id eq "${person.id}"`)
    const back = await okta.post('/Users', { userName: person.userName, displayName: 'Back', externalId: 'back-2' })

    expect([removed.status, again.status, (await okta.get('/Users/none')).status]).toEqual([204, 404, 404])
    expect(stateThen).toBe('suspended')
    expect(members).toBeUndefined()
    expect(listed.body.totalResults).toBe(0)
    expect(back).toMatchObject({ status: 201, body: { id: person.id, active: true, externalId: 'back-2' } })
    expect(await kept(person.id)).toMatchObject({ state: 'activated', name: 'Back' })
  })

  test('and was suspended here stays so whatever the provider says, until an administrator activates them', async () => {
    const person = await okta.person()
    const activate = () => admin.patch(`/users/${person.id}`, { state: 'activated' })
    const say = (active: boolean) =>
      okta.patch(`/Users/${person.id}`, [{ op: 'replace', path: 'active', value: active }])
    await admin.patch(`/users/${person.id}`, { state: 'suspended' })

    const said = [await say(false), await say(true)]
    await okta.delete(`/Users/${person.id}`)
    const meanwhile = await activate()
    const back = await okta.post('/Users', { userName: person.userName })
    const stateThen = (await kept(person.id)).state
    const activated = await activate()
    const after = await say(false)

    expect(said.map(({ status, body }) => [status, body.active])).toEqual([
      [200, false],
      [200, false],
    ])
    expect(meanwhile).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect(back).toMatchObject({ status: 201, body: { id: person.id, active: false } })
    expect([stateThen, activated.status, after.body.active]).toEqual(['suspended', 200, false])
    expect((await say(true)).body.active).toBe(true)
  })

  test('is not the last administrator', async () => {
    const fresh = await startTestApp()
    const first = await fresh.signIn()
    const { provider } = await aProvider(first, fresh.base, 'Entra')
    const { id } = (await first.get('/me')).body.user

    const suspended = await provider.patch(`/Users/${id}`, [{ op: 'replace', path: 'active', value: false }])
    const removed = await provider.delete(`/Users/${id}`)
    const moved = await provider.patch(`/Users/${id}`, [
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'mine@elsewhere.example.test' },
    ])
    const still = (await first.get('/me')).status
    await fresh.close()

    expect(suspended).toMatchObject({ status: 409, body: { status: '409' } })
    expect(removed.status).toBe(409)
    expect(moved).toMatchObject({ status: 400, body: { scimType: 'mutability' } })
    expect(still).toBe(200)
  })
})

describe('two sources', () => {
  test('see their own people and those whom nobody manages, and the second one cannot have what the first one has', async () => {
    const { provider: entra, source: other } = await aProvider(admin, app.base, 'Entra')
    const [theirs, free] = [await okta.person(), await aUser(admin)]

    const seen = await entra.found('/Users', `userName eq "${theirs.userName}" or userName eq "${free.email}"`)
    const made = await entra.post('/Users', { userName: theirs.userName })
    const touched = await Promise.all([
      entra.get(`/Users/${theirs.id}`),
      entra.put(`/Users/${theirs.id}`, { userName: theirs.userName }),
      entra.patch(`/Users/${theirs.id}`, [{ op: 'add', path: 'title', value: 'x' }]),
      entra.delete(`/Users/${theirs.id}`),
    ])
    const adopted = await entra.patch(`/Users/${free.id}`, [{ op: 'add', path: 'externalId', value: 'f' }])

    expect(seen.body.Resources.map(({ id }: { id: string }) => id)).toEqual([free.id])
    expect(made).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } })
    expect(touched.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    expect(adopted.status).toBe(200)
    expect((await kept(free.id)).managedBy.id).toBe(other.id)
    expect((await okta.get(`/Users/${free.id}`)).status).toBe(404)
  })
})

describe('who may call', () => {
  test('are tokens of sources that are there, and nobody else', async () => {
    const { provider, source: gone, token } = await aProvider(admin, app.base, unique('Gone'))
    const person = await provider.person()
    const plain = (await admin.post('/api-tokens', { name: 'All' })).body.token
    const as = (bearer: string | null) => createProvider(app.base, bearer).get('/Users')

    const nobody = await as(null)
    const made = await as('gh_invented')
    const other = await as(plain)
    const session = await fetch(`${app.base}/scim/v2/Users`, { headers: { cookie: admin.cookie ?? '' } })
    await admin.delete(`/people-sources/${gone.id}`)
    const deleted = await as(token.token)
    const deletedWrite = await provider.delete(`/Users/${person.id}`)

    expect([nobody.status, made.status, other.status, session.status]).toEqual([401, 401, 403, 401])
    const refused = await admin.get('/directory-insights/events?eventType=access_management_call_refused&limit=1')
    expect(refused.body.items[0]).toMatchObject({ success: false, resource: { name: 'GET /scim/v2' } })
    expect(nobody.headers.get('www-authenticate')).toBe('Bearer')
    for (const { body } of [nobody, made, other, deleted])
      expect(body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error'])
    expect([deleted.status, deletedWrite.status]).toEqual([401, 401])
    expect(await kept(person.id)).toMatchObject({ state: 'activated', managedBy: null })
  })

  test('ends with the credentials of whoever made the token', async () => {
    const second = await aUser(admin, { roles: ['admin'], password })
    const other = await app.signIn(second.email, password)
    const { provider } = await aProvider(other, app.base, unique('Made'))
    expect((await provider.get('/Users?count=0')).status).toBe(200)

    await admin.patch(`/users/${second.id}`, { roles: [] })

    expect((await provider.get('/Users?count=0')).status).toBe(401)
  })
})

describe('lists', () => {
  test('are paged, sorted and cut to what was asked for', async () => {
    const fresh = await startTestApp()
    const { provider } = await aProvider(await fresh.signIn(), fresh.base, 'Pages')
    for (const letter of ['c', 'a', 'B']) await provider.person({ displayName: letter, title: 'Listed' })

    const query = `filter=${encodeURIComponent('title eq "listed"')}&sortBy=displayName`
    const page = await provider.get(`/Users?${query}&startIndex=2&count=1&attributes=displayName`)
    const down = await provider.get(`/Users?${query}&sortOrder=descending&excludedAttributes=emails,meta.created`)
    const none = await provider.get(`/Users?${query}&count=0`)
    const posted = await provider.post('/Users/.search', {
      filter: 'title eq "Listed"',
      count: 2,
      sortBy: 'displayName',
    })
    const bad = await provider.get('/Users?sortBy=shoe')
    await fresh.close()

    expect(page.body).toMatchObject({ totalResults: 3, startIndex: 2, itemsPerPage: 1 })
    expect(page.body.Resources).toEqual([{ schemas: [expect.any(String)], id: expect.any(String), displayName: 'B' }])
    expect(down.body.Resources.map((one: { displayName: string }) => one.displayName)).toEqual(['c', 'B', 'a'])
    expect(down.body.Resources[0].emails).toBeUndefined()
    expect(down.body.Resources[0].meta.created).toBeUndefined()
    expect(down.body.Resources[0].meta.location).toBeTruthy()
    expect(none.body).toMatchObject({ totalResults: 3, itemsPerPage: 0, Resources: [] })
    expect(posted.body).toMatchObject({ totalResults: 3, itemsPerPage: 2 })
    expect(bad).toMatchObject({ status: 400, body: { scimType: 'invalidPath' } })
  })
})
