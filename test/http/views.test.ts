/** Saved views of the queue: whose they are, who sees and changes them, and which opens first. */
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import { type Client, createClient } from '../support/client.ts'
import { aUser, password, unique } from '../support/directory.ts'

let app: TestApp
let owner: Client
let other: Client
let otherId: string

beforeAll(async () => {
  app = await startTestApp()
  owner = await app.signIn()
  const made = await anAdministrator()
  other = made.client
  otherId = made.id
})
afterAll(() => app.close())

async function anAdministrator(): Promise<{ id: string; client: Client }> {
  const { id, email } = await aUser(owner, { password, state: 'activated', roles: ['admin'] })
  const client = createClient(app.base)
  await client.signIn(email, password)
  return { id, client }
}

const aView = (fields: Record<string, unknown> = {}) => ({ name: unique('View'), search: {}, shared: false, ...fields })

async function save(client: Client, fields: Record<string, unknown> = {}) {
  const answer = await client.post('/views', aView(fields))
  expect([answer.status, answer.body.detail]).toEqual([201, undefined])
  return answer.body
}

const listed = async (client: Client) => (await client.get('/views?limit=200')).body.items
const namesFor = async (client: Client) => (await listed(client)).map(({ name }: { name: string }) => name)
const eventsOf = async (id: string) => {
  const { body } = await owner.get('/directory-insights/events?limit=200')
  return body.items
    .filter(({ resource }: { resource: { id: string } }) => resource.id === id)
    .map(({ event_type }: { event_type: string }) => event_type)
}

test('the locked view is the first of everybody’s, and nobody changes or deletes it', async () => {
  await save(owner, { name: 'Aa', shared: true })

  const [first, second] = await listed(other)

  expect(first).toMatchObject({ name: 'Pending, manual', locked: true, owner: null, search: {}, isDefault: true })
  expect(first.abilities).toEqual({ update: false, delete: false })
  expect(second.name).toBe('Aa')
  for (const answer of [await owner.put(`/views/${first.id}`, aView()), await owner.delete(`/views/${first.id}`)])
    expect([answer.status, answer.body.current]).toEqual([409, 'locked'])
  const { body } = await other.get('/views?limit=1')
  expect((await other.get(`/views?limit=1&cursor=${body.nextCursor}`)).body.items[0].name).toBe('Aa')
})

test('a view is its owner’s alone until it is shared, and only they change it', async () => {
  const view = await save(owner, { search: { status: 'error', q: 'vault', period: '7days' } })
  expect(view).toMatchObject({ search: { status: 'error', q: 'vault', period: '7days' }, locked: false })
  expect((await other.get(`/views/${view.id}`)).status).toBe(404)
  expect(await namesFor(other)).not.toContain(view.name)

  const changed = await owner.put(`/views/${view.id}`, { ...aView(), name: view.name, shared: true })

  expect([changed.status, changed.body.search, changed.body.shared]).toEqual([200, {}, true])
  expect(await namesFor(other)).toContain(view.name)
  const shown = (await other.get(`/views/${view.id}`)).body
  expect(shown.abilities).toEqual({ update: false, delete: false })
  expect(shown.owner.name).toBeTruthy()
  for (const answer of [await other.put(`/views/${view.id}`, aView()), await other.delete(`/views/${view.id}`)])
    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden'])
  expect((await owner.delete(`/views/${view.id}`)).status).toBe(204)
  expect((await owner.get(`/views/${view.id}`)).status).toBe(404)
})

test('any administrator deletes a shared view once its owner is no administrator any more', async () => {
  const gone = await anAdministrator()
  const [shared, kept] = [await save(gone.client, { shared: true }), await save(gone.client)]
  expect((await other.delete(`/views/${shared.id}`)).status).toBe(403)

  await owner.patch(`/users/${gone.id}`, { roles: [] })

  expect((await other.get(`/views/${shared.id}`)).body.abilities).toEqual({ update: false, delete: true })
  expect((await other.put(`/views/${shared.id}`, aView())).status).toBe(403)
  expect((await other.delete(`/views/${shared.id}`)).status).toBe(204)
  expect((await other.delete(`/views/${kept.id}`)).status).toBe(404)
})

test('each person chooses the view that opens for them', async () => {
  const opens = async (client: Client) => (await client.get('/me/default-view')).body
  const view = await save(owner, { shared: true })
  const own = await save(owner)
  const defaultOf = async (client: Client) =>
    (await listed(client))
      .filter(({ isDefault }: { isDefault: boolean }) => isDefault)
      .map(({ name }: { name: string }) => name)

  expect((await other.put('/me/default-view', { viewId: view.id })).body.isDefault).toBe(true)

  expect(await defaultOf(other)).toEqual([view.name])
  expect(await opens(other)).toMatchObject({ id: view.id, isDefault: true, locked: false })
  expect(await opens(owner)).toMatchObject({ locked: true, isDefault: true, search: {} })
  expect(await defaultOf(owner)).toEqual(['Pending, manual'])
  expect((await other.put('/me/default-view', { viewId: own.id })).status).toBe(404)
  // It is not shared with them any more.
  await owner.put(`/views/${view.id}`, { name: view.name, search: {}, shared: false })
  expect(await defaultOf(other)).toEqual(['Pending, manual'])
  expect(await opens(other)).toMatchObject({ locked: true })
  await owner.delete(`/views/${view.id}`)
  expect(await defaultOf(other)).toEqual(['Pending, manual'])
})

test('what happens to shared views stands in the audit log; a view of one’s own is nobody’s concern', async () => {
  const shared = await save(owner, { shared: true })
  await owner.put(`/views/${shared.id}`, { name: shared.name, search: { status: 'any' }, shared: true })
  await owner.put(`/views/${shared.id}`, { name: shared.name, search: { status: 'any' }, shared: true })
  await owner.delete(`/views/${shared.id}`)
  const own = await save(owner)
  await owner.put(`/views/${own.id}`, aView())
  await owner.delete(`/views/${own.id}`)

  expect((await eventsOf(shared.id)).toSorted()).toEqual(
    ['create', 'delete', 'update'].map((verb) => `access_management_view_${verb}`),
  )
  expect(await eventsOf(own.id)).toEqual([])
})

test('the same call under one Idempotency-Key saves one view', async () => {
  const body = aView()
  const headers = { 'idempotency-key': uuidv7() }

  const answers = [await owner.post('/views', body, headers), await owner.post('/views', body, headers)]

  expect(answers.map(({ status }) => status)).toEqual([201, 201])
  expect(answers[0]?.body.id).toBe(answers[1]?.body.id)
})

test('two views of one person have different names; those of two people may have the same', async () => {
  const { name } = await save(owner)

  const again = await owner.post('/views', aView({ name: name.toUpperCase() }))

  expect([again.status, again.body.current, again.body.errors[0].path]).toEqual([409, 'taken', 'name'])
  await save(other, { name })
})

test('a person has at most 100 views, also when two are saved at once', async () => {
  const { client } = await anAdministrator()
  for (let made = 0; made < 99; made += 1) await save(client)

  const answers = await Promise.all([client.post('/views', aView()), client.post('/views', aView())])

  expect(answers.map(({ status }) => status)).toEqual(expect.arrayContaining([201, 409]))
  expect(answers.find(({ status }) => status === 409)?.body.detail).toContain('delete one of them first')
})

describe('what the address of the queue may not hold is refused, and named', () => {
  test.each([
    [{ status: 'pending,nonsense' }, 'search.status'],
    [{ flow: 'vault' }, 'search.flow'],
    [{ approver: 'me' }, 'search.approver'],
    [{ from: '2026-02-30' }, 'search.from'],
    [{ period: 'today', from: '2026-02-01' }, 'search.period'],
    [{ sort: 'reason' }, 'search.sort'],
    [{ q: 'x'.repeat(201) }, 'search.q'],
    [{ cursor: 'x' }, 'search.cursor'],
  ])('%j', async (search, path) => {
    const { status, body } = await owner.post('/views', aView({ search }))

    expect([status, body.code, body.errors[0].path]).toEqual([422, 'invalid_input', path])
    expect(body.errors[0].message).toMatch(/must|is not/)
  })

  test('while all that it may hold is kept as it is', async () => {
    const search = {
      queue: 'others',
      status: 'error,pending',
      approvalType: 'any',
      requester: 'Ada',
      period: '30days',
      expires: 'week',
      flow: `${uuidv7()},${uuidv7()}`,
      department: 'Finance',
      approver: otherId,
      q: 'vault',
      sort: '-expiresAt',
      limit: '50',
    }

    expect((await save(owner, { search })).search).toEqual(search)
  })
})
