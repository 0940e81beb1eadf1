/** POST /users/import: a file of people is taken as a whole or not at all. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mails } from '../../src/platform/mail/mail.table.ts'
import type { TestApp } from '../support/app.ts'
import { administrator, startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aFlow, aGroup, aManagedUser, aUser, password, unique } from '../support/directory.ts'

let app: TestApp
let admin: Client

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
})
afterAll(() => app.close())

function send(text: string | Blob, { query = '', by = admin, headers = {} } = {}) {
  return by.sendFile(`/users/import${query}`, text, { 'content-type': 'text/csv', ...headers })
}
const dryRun = (text: string | Blob) => send(text, { query: '?dryRun=true' })
const address = () => `${unique('csv').replace(' ', '.')}@example.test`
const find = async (email: string) => (await admin.get(`/users?q=${encodeURIComponent(email)}`)).body.items[0]
const entriesOf = async (id: string) => {
  const { body } = await admin.get('/directory-insights/events?limit=200&eventType=user_create,user_update')
  return body.items.filter((entry: { resource: { id: string } }) => entry.resource.id === id)
}

describe('a dry run', () => {
  test('says line by line what would come of it, and writes nothing', async () => {
    const boss = await aUser(admin, { name: 'Boss of all' })
    const there = await aUser(admin, { department: 'Sales' })
    const same = await aUser(admin)
    const [made, wrong] = [address(), address()]
    const text = [
      'Name,Email,Manager email,Department',
      `Ada,${made},${boss.email},`,
      `${there.name},${there.email},,Support`,
      `${same.name},${same.email},,`,
      `Eve,${wrong},nobody@example.test,`,
    ].join('\n')

    const answer = await dryRun(text)

    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ created: 1, changed: 1, unchanged: 1 })
    expect(answer.body.refused).toEqual([
      { line: 5, email: wrong, path: 'managerEmail', code: 'not_found', params: {}, message: 'is not a user' },
    ])
    expect(answer.body.lines).toMatchObject([
      {
        line: 2,
        outcome: 'created',
        email: made,
        changes: expect.arrayContaining([{ field: 'manager', from: null, to: 'Boss of all' }]),
      },
      { line: 3, outcome: 'changed', changes: [{ field: 'department', from: 'Sales', to: 'Support' }] },
      { line: 4, outcome: 'unchanged', changes: [] },
    ])
    expect(await find(made)).toBeUndefined()
    expect(await find(there.email)).toMatchObject({ department: 'Sales' })
  })
})

describe('an import', () => {
  test('makes and changes people, with an entry for each', async () => {
    const there = await aUser(admin, { department: 'Sales', jobTitle: 'Clerk' })
    const [boss, report] = [address(), address()]
    const text = [
      'email;name;managerEmail;department;jobTitle;state',
      `${report};Report;${boss.toUpperCase()};;;staged`,
      `${boss};Boss;;;;`,
      `${there.email};;${boss};-;;`,
    ].join('\r\n')

    const answer = await send(text)

    expect([answer.status, answer.body]).toEqual([200, { created: 2, changed: 1, unchanged: 0, refused: [] }])
    const made = await find(report)
    expect(made).toMatchObject({ name: 'Report', state: 'staged', manager: { email: boss } })
    expect(await find(there.email)).toMatchObject({ department: null, jobTitle: 'Clerk', manager: { email: boss } })
    expect(await entriesOf(made.id)).toMatchObject([
      { event_type: 'user_create', initiated_by: { email: administrator.email }, resource: { name: 'Report' } },
    ])
    expect((await entriesOf(there.id)).map((entry: { event_type: string }) => entry.event_type)).toContain(
      'user_update',
    )
    expect((await app.auditLog.verify(app.db)).fault).toBeNull()
  })

  test('with one line refused writes none of them, and does not look like success', async () => {
    const fine = address()

    const answer = await send(`Email,Name\n${fine},Fine\nnot an address,Wrong\n`)

    expect([answer.status, answer.body.code]).toEqual([422, 'invalid_input'])
    expect(answer.body).toMatchObject({ created: 0, changed: 0, unchanged: 0 })
    expect(answer.body.refused).toMatchObject([{ line: 3, path: 'email', code: 'invalid_format' }])
    expect(answer.body.detail).toContain('Nothing was imported: 1 line was refused. Line 3')
    expect(await find(fine)).toBeUndefined()
  })

  test('twice under one key is done once and answered alike; the same file later changes nothing', async () => {
    const text = `Email,Name\n${address()},Once`
    const headers = { 'idempotency-key': unique('import').replace(' ', '-') }

    const answers = [await send(text, { headers }), await send(text, { headers }), await send(text)]

    expect(answers.map(({ body }) => [body.created, body.unchanged])).toEqual([
      [1, 0],
      [1, 0],
      [0, 1],
    ])
    expect((await send(`${text}!`, { headers })).body.code).toBe('idempotency_key_reused')
  })

  test('that suspends somebody ends their sessions', async () => {
    const user = await aUser(admin, { password })
    const theirs = await app.signIn(user.email).catch(() => app.signIn(user.email, password))

    await send(`Email,State\n${user.email},Gesperrt`)

    expect((await theirs.get('/me')).status).toBe(401)
  })

  test('cannot take the last administrator away', async () => {
    const answer = await send(`Email,State\n${administrator.email},suspended`)

    expect(answer.body.refused).toMatchObject([{ line: 2, path: 'state', code: 'last_administrator' }])
    expect((await admin.get('/me')).status).toBe(200)
  })

  test('leaves those alone who come from a source', async () => {
    const managed = await aManagedUser(app.db, admin, 'Okta of the company')

    const answer = await send(`Email,Department\n${managed.email},Elsewhere`)

    expect(answer.body.refused).toMatchObject([
      { line: 2, code: 'managed_elsewhere', message: 'is managed by Okta of the company: change it there' },
    ])
  })

  test('tells how far it is to whoever asks for that', async () => {
    const lines = Array.from({ length: 2500 }, () => `${address()},Somebody`)

    const answer = await send(`Email,Name\n${lines.join('\n')}`, { headers: { accept: 'application/x-ndjson' } })
    const told = String(answer.body)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))

    expect(answer.headers.get('content-type')).toBe('application/x-ndjson')
    expect(told).toEqual([
      { done: 0, of: 2500 },
      { done: 1000, of: 2500 },
      { done: 2000, of: 2500 },
      { done: 2500, of: 2500 },
      { status: 200, body: { created: 2500, changed: 0, unchanged: 0, refused: [] } },
    ])
  })

  test('tells a refusal at the end of that, too', async () => {
    const headers = { accept: 'application/x-ndjson' }

    const answer = await send(`Email,Name\n${address()},\n`, { headers })
    const last = JSON.parse(String(answer.body).trim().split('\n').at(-1) ?? '')

    expect(last).toMatchObject({ status: 422, body: { code: 'invalid_input', refused: [{ line: 2, path: 'name' }] } })
  })

  test('is for administrators', async () => {
    const user = await aUser(admin, { password })
    const by = await app.signIn(user.email, password)

    expect((await send('Email\n', { by })).status).toBe(403)
    expect((await send('Email\n', { by: app.client() })).status).toBe(401)
  })
})

describe('groups of a file', () => {
  test('are the direct memberships from then on; access by a grant is another matter', async () => {
    const [one, two] = [await aGroup(admin, { name: unique('A | B') }), await aGroup(admin)]
    const user = await aUser(admin)
    await admin.put(`/user-groups/${two.id}/members/${user.id}`)

    const cell = one.name.replaceAll('|', String.raw`\|`)
    const answer = await send(`Email,Groups\n${user.email},${cell}`)

    expect(answer.body).toMatchObject({ changed: 1 })
    const { body } = await admin.get(`/users/${user.id}`)
    expect(body.groups).toMatchObject([{ id: one.id, direct: true }])
    const events = await admin.get('/directory-insights/events?eventType=access_management_association_change&limit=3')
    expect(events.body.items.map(({ changes: [change] }: { changes: object[] }) => change)).toMatchObject([
      { field: 'member', from: null, to: { id: user.id } },
      { field: 'member', from: { id: user.id }, to: null },
      { field: 'member', from: null, to: { id: user.id } },
    ])
  })

  test('that a flow gives are told of to every administrator, once for a group', async () => {
    const group = await aGroup(admin)
    await aFlow(admin, { groupId: group.id })
    const people = [address(), address(), address()]

    await send(`Email,Name,Groups\n${people.map((email) => `${email},Somebody,${group.name}`).join('\n')}`)

    const told = await app.db
      .select()
      .from(mails)
      .where(sql`${mails.kind} = 'member_added' and ${mails.data}->>'groupId' = ${group.id}`)
    expect(told.map(({ data }) => data)).toMatchObject([{ group: group.name, others: 2 }])
  })
})
