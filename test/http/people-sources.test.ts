/** Sources of people: who makes them, what their tokens open, and what is read-only of what came from one. */
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../../src/domain/operation.ts'
import { administrator, startTestApp, type TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aGroup, aUser, password, unique } from '../support/directory.ts'

let app: TestApp
let admin: Client
let adminId: string

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
  adminId = (await admin.get('/me')).body.user.id
})
afterAll(() => app.close())

const aSource = async (name = unique('Directory')) => (await admin.post('/people-sources', { name, kind: 'scim' })).body
const aToken = (fields: Record<string, unknown> = {}) =>
  admin.post('/api-tokens', { name: 'Push', scopes: ['scim'], ...fields })

/** As what a source does comes in. */
function by(sourceId: string): Operation {
  const actor = { id: adminId, name: 'The source', email: administrator.email, roles: ['admin'], scopes: ['scim'] }
  return { actor, sourceId, operationId: uuidv7(), origin: {} }
}

async function aManagedUser(fields: Record<string, unknown> = {}) {
  const source = await aSource()
  const person = await aUser(admin, fields)
  await app.modules.directory.users.update(by(source.id), person.id, { department: 'HR', externalId: uuidv7() })
  return { source, person }
}

test('a source is made, renamed, found and deleted, and the log says so', async () => {
  const source = await aSource('Okta')

  const renamed = await admin.patch(`/people-sources/${source.id}`, { name: 'Okta EU' })
  const taken = await admin.post('/people-sources', { name: 'OKTA eu', kind: 'scim' })
  const listed = await admin.get('/people-sources')
  const deleted = await admin.delete(`/people-sources/${source.id}`)

  expect(source).toMatchObject({ kind: 'scim', baseUrl: 'http://localhost/scim/v2', people: 0, groups: 0, tokens: [] })
  expect(renamed.body.name).toBe('Okta EU')
  expect(taken).toMatchObject({ status: 409, body: { current: 'taken' } })
  expect(listed.body.items.map(({ name }: { name: string }) => name)).toContain('Okta EU')
  expect(deleted.status).toBe(204)
  expect((await admin.get(`/people-sources/${source.id}`)).status).toBe(404)
  for (const type of ['create', 'update', 'delete']) {
    const events = await admin.get(`/directory-insights/events?eventType=people_source_${type}&q=Okta`)
    expect(events.body.items.length).toBeGreaterThan(0)
  }
})

describe('a token for SCIM', () => {
  test('names its source, stands alone, and opens nothing of the API', async () => {
    const source = await aSource()

    const made = await aToken({ sourceId: source.id })
    const token = app.client({ token: made.body.token })

    expect(made).toMatchObject({ status: 201, body: { scopes: ['scim'], sourceId: source.id } })
    expect((await token.get('/me')).status).toBe(403)
    expect((await token.get('/users')).status).toBe(403)
    expect((await token.post('/api-tokens', { name: 'More' })).status).toBe(403)
    expect((await aToken({ scopes: ['scim', 'directory:read'] })).status).toBe(422)
    expect((await aToken({ scopes: ['directory:read'], sourceId: source.id })).status).toBe(422)
    expect((await aToken({ sourceId: uuidv7() })).status).toBe(422)
    const shown = (await admin.get(`/people-sources/${source.id}`)).body
    expect(shown.tokens).toMatchObject([{ id: made.body.id, madeBy: { id: adminId } }])
  })

  test('is for the only source there is, else for one that is made for it; of several one has to be named', async () => {
    const fresh = await startTestApp()
    const first = await fresh.signIn()
    const make = () => first.post('/api-tokens', { name: 'Push', scopes: ['scim'] })

    const [one, two] = [await make(), await make()]
    await first.post('/people-sources', { name: 'Another', kind: 'scim' })
    const three = await make()
    const { items } = (await first.get('/people-sources')).body
    await fresh.close()

    expect(one.body.sourceId).toBe(two.body.sourceId)
    expect(items).toMatchObject([{ name: 'Another' }, { name: 'SCIM', id: one.body.sourceId }])
    expect(three).toMatchObject({ status: 422, body: { errors: [{ path: 'sourceId' }] } })
  })

  test('is made by administrators who are signed in, and by nobody else', async () => {
    const plain = await aUser(admin, { password })
    const person = await app.signIn(plain.email, password)
    const all = app.client({ token: (await admin.post('/api-tokens', { name: 'All' })).body.token })

    expect((await person.post('/api-tokens', { name: 'Push', scopes: ['scim'] })).status).toBe(403)
    expect((await all.post('/api-tokens', { name: 'Push', scopes: ['scim'] })).status).toBe(403)
  })

  test('ends with its source', async () => {
    const source = await aSource()
    const token = app.client({ token: (await aToken({ sourceId: source.id })).body.token })
    expect((await token.get('/users')).status).toBe(403)

    await admin.delete(`/people-sources/${source.id}`)

    expect((await token.get('/users')).status).toBe(401)
  })
})

describe('somebody who comes from a source', () => {
  test('says so, and is changed there: here only what is kept here', async () => {
    const { source, person } = await aManagedUser()
    const change = (fields: object) => admin.patch(`/users/${person.id}`, fields)

    const renamed = await change({ name: 'Somebody else' })
    const moved = await change({ email: 'other@example.test', department: 'Sales' })
    const staged = await change({ state: 'staged' })
    const promoted = await change({ roles: ['admin'], name: person.name })

    expect((await admin.get(`/users/${person.id}`)).body.managedBy).toMatchObject({ id: source.id, name: source.name })
    expect(renamed).toMatchObject({ status: 409, body: { current: 'managed', managedBy: { id: source.id } } })
    expect(renamed.body.detail).toBe(`${person.name} is managed by ${source.name}: change the name there.`)
    expect(moved.body.detail).toContain('change the e-mail address and the department there')
    expect(staged.status).toBe(409)
    expect(promoted).toMatchObject({ status: 200, body: { roles: ['admin'], name: person.name, department: 'HR' } })
  })

  test('is suspended here in an emergency: then the source cannot activate them, and who administers can', async () => {
    const { source, person } = await aManagedUser()
    const { users } = app.modules.directory

    expect((await admin.patch(`/users/${person.id}`, { state: 'suspended' })).status).toBe(200)
    const kept = await users.update(by(source.id), person.id, { state: 'activated', jobTitle: 'Clerk' })
    const activated = await admin.patch(`/users/${person.id}`, { state: 'activated' })
    await admin.patch(`/users/${person.id}`, { state: 'suspended' })
    await users.update(by(source.id), person.id, { state: 'suspended' })
    const back = await users.update(by(source.id), person.id, { state: 'activated' })
    const again = await admin.patch(`/users/${person.id}`, { state: 'activated' })

    expect(kept).toMatchObject({ state: 'suspended', jobTitle: 'Clerk' })
    expect(back.state).toBe('suspended')
    expect([activated.status, again.status]).toEqual([200, 200])
  })

  test('whoever was suspended before a source took them over stays suspended', async () => {
    const source = await aSource()
    const person = await aUser(admin, { state: 'suspended' })

    const adopted = await app.modules.directory.users.update(by(source.id), person.id, { state: 'activated' })

    expect(adopted).toMatchObject({ state: 'suspended', managedBy: { id: source.id } })
  })

  test('is of one source: another one is refused, whatever it would change', async () => {
    const { source, person } = await aManagedUser()
    const other = await aSource()

    const changed = app.modules.directory.users.update(by(other.id), person.id, { externalId: 'mine' })

    await expect(changed).rejects.toMatchObject({ code: 'conflict', details: { managedBy: { id: source.id } } })
  })

  test('keeps the address of an administrator, which only an administrator changes', async () => {
    const { source, person } = await aManagedUser({ roles: ['admin'], password })
    const { users } = app.modules.directory

    const taken = users.update(by(source.id), person.id, { email: 'mine@elsewhere.example.test' })

    await expect(taken).rejects.toMatchObject({ code: 'conflict', details: { current: 'administrator' } })
    const email = `${unique('moved').replace(' ', '.')}@example.test`
    expect((await admin.patch(`/users/${person.id}`, { email })).status).toBe(200)
    expect(await users.update(by(source.id), person.id, { email, name: 'Same' })).toMatchObject({ email, name: 'Same' })
  })

  test('stays when the source is deleted, and is kept here from then on', async () => {
    const { source, person } = await aManagedUser()

    expect((await admin.get(`/people-sources/${source.id}`)).body.people).toBe(1)
    await admin.delete(`/people-sources/${source.id}`)

    expect((await admin.patch(`/users/${person.id}`, { name: 'Free' })).body).toMatchObject({
      name: 'Free',
      department: 'HR',
      managedBy: null,
    })
  })
})

describe('a group that comes from a source', () => {
  test('keeps name and members; description and connector are local', async () => {
    const source = await aSource()
    const [group, person] = [await aGroup(admin), await aUser(admin)]
    const { groups } = app.modules.directory
    const { members } = app.modules.memberships
    const ids = { groupId: group.id, userId: person.id }
    await groups.update(by(source.id), group.id, { externalId: 'g-1' })
    await members.add(by(source.id), ids)

    const path = `/user-groups/${group.id}`
    expect((await admin.get(path)).body.managedBy).toMatchObject({ id: source.id })
    expect(await admin.patch(path, { name: 'Mine' })).toMatchObject({ status: 409, body: { current: 'managed' } })
    expect((await admin.patch(path, { name: group.name, description: 'Why' })).status).toBe(200)
    expect((await admin.put(`${path}/members/${adminId}`)).body.current).toBe('managed')
    expect((await admin.delete(`${path}/members/${person.id}`)).body.current).toBe('managed')
    expect((await admin.delete(path)).body.current).toBe('managed')
    expect((await admin.get(path)).body).toMatchObject({ memberCount: 1, description: 'Why', name: group.name })
  })
})
