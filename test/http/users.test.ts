import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensureFirstAdministrator } from '../../src/features/directory/users/first-administrator.commands.ts'
import { users } from '../../src/features/directory/users/users.table.ts'
import { ensureAdministrator } from '../../src/main/first-administrator.ts'
import { hashPassword } from '../../src/platform/secrets/passwords.ts'
import type { TestApp } from '../support/app.ts'
import { administrator, startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aFlow, aGroup, anApplication, aUser, password, unique } from '../support/directory.ts'
import { aGrantRow } from '../support/history.ts'

let app: TestApp
let admin: Client

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
})
afterAll(() => app.close())

const names = (answer: { body: { items: { name: string }[] } }) => answer.body.items.map(({ name }) => name)

describe('creating a user', () => {
  test('answers with the user and where they are', async () => {
    const manager = await aUser(admin)
    const body = {
      name: ' Ada Lovelace ',
      email: 'ada@example.test',
      managerId: manager.id,
      department: 'Engineering',
      jobTitle: 'Analyst',
    }

    const answer = await admin.post('/users', body)

    expect(answer.status).toBe(201)
    expect(answer.headers.get('location')).toBe(`/api/v1/users/${answer.body.id}`)
    expect(answer.body).toMatchObject({
      name: 'Ada Lovelace',
      manager: { id: manager.id, name: manager.name, email: manager.email },
      managerId: manager.id,
      state: 'activated',
      roles: [],
    })
    expect(answer.body.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(answer.body).not.toHaveProperty('passwordHash')
  })

  test('with an e-mail address that is taken, in whatever case, is a conflict', async () => {
    const { email } = await aUser(admin)

    const answer = await admin.post('/users', { name: 'Twin', email: email.toUpperCase() })

    expect([answer.status, answer.body.code]).toEqual([409, 'conflict'])
  })

  test('with an unknown manager is refused', async () => {
    const answer = await admin.post('/users', {
      name: 'X',
      email: 'x@example.test',
      managerId: '01920000-0000-7000-8000-000000000000',
    })

    expect([answer.status, answer.body.errors]).toEqual([
      422,
      [{ path: 'managerId', message: 'is not a user', code: 'not_found', params: {} }],
    ])
  })

  test('twice under one idempotency key makes one user and gives one answer', async () => {
    const headers = { 'idempotency-key': 'create-grace' }
    const body = { name: 'Grace', email: 'grace@example.test' }

    const first = await admin.post('/users', body, headers)
    const second = await admin.post('/users', body, headers)
    const other = await admin.post('/users', { ...body, name: 'Somebody' }, headers)

    expect(second.body).toEqual(first.body)
    expect(second.headers.get('location')).toBe(first.headers.get('location'))
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused'])
    expect((await admin.get('/directory-insights/events?eventType=user_create&q=grace')).body.items).toHaveLength(1)
  })

  test('with a password that is easy to guess is refused, saying what to do', async () => {
    const fields = { name: 'Petra Quandt', email: 'petra.quandt@example.test' }

    for (const weak of ['qwertyuiop', 'petra.quandt@example.test', 'Gatehouse1!']) {
      const answer = await admin.post('/users', { ...fields, password: weak })
      expect([answer.status, answer.body.errors]).toEqual([
        422,
        [
          {
            path: 'password',
            message: expect.stringContaining('take several words'),
            code: expect.stringMatching(/^guessable/),
            params: {},
          },
        ],
      ])
    }
  })

  test('leaves an event that never holds the password', async () => {
    const user = await aUser(admin, { password })

    const { body } = await admin.get(
      `/directory-insights/events?eventType=user_create&q=${encodeURIComponent(user.name)}`,
    )

    const [event] = body.items
    expect(event).toMatchObject({
      initiated_by: { type: 'user', email: administrator.email },
      resource: { type: 'user', id: user.id, name: user.name },
      success: true,
    })
    expect(event.changes).toContainEqual({ field: 'password', from: null, to: null })
    expect(event.changes).toContainEqual({ field: 'email', from: null, to: user.email })
    expect(JSON.stringify(body)).not.toContain(password)
  })
})

describe('managers', () => {
  test('cannot form a loop of any length, and the refusal names it', async () => {
    const [a, b, c] = [
      await aUser(admin, { name: 'Loop A' }),
      await aUser(admin, { name: 'Loop B' }),
      await aUser(admin, { name: 'Loop C' }),
    ]
    await admin.patch(`/users/${a.id}`, { managerId: b.id })
    await admin.patch(`/users/${b.id}`, { managerId: c.id })

    const loop = await admin.patch(`/users/${c.id}`, { managerId: a.id })
    const self = await admin.patch(`/users/${c.id}`, { managerId: c.id })

    expect([loop.status, loop.body.errors[0].message]).toEqual([
      422,
      'would close a loop of managers: Loop C → Loop A → Loop B → Loop C',
    ])
    expect([self.status, self.body.errors[0].path]).toEqual([422, 'managerId'])
  })

  test('of two changes at once that would close a loop together one is refused', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b] = [await aUser(admin), await aUser(admin)]

      const answers = await Promise.all([
        admin.patch(`/users/${a.id}`, { managerId: b.id }),
        admin.patch(`/users/${b.id}`, { managerId: a.id }),
      ])

      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 422]))
    }
  })

  test('can be taken away again, and listed by', async () => {
    const manager = await aUser(admin)
    const user = await aUser(admin, { managerId: manager.id })
    expect(names(await admin.get(`/users?managerId=${manager.id}`))).toEqual([user.name])

    const answer = await admin.patch(`/users/${user.id}`, { managerId: null })

    expect(answer.body).toMatchObject({ manager: null, managerId: null })
  })
})

describe('the last activated administrator', () => {
  test('can be neither suspended nor lose the role', async () => {
    const { id } = (await admin.get('/me')).body.user

    for (const change of [{ state: 'suspended' }, { state: 'staged' }, { roles: [] }]) {
      const answer = await admin.patch(`/users/${id}`, change)
      expect([answer.status, answer.body.code]).toEqual([409, 'last_administrator'])
    }
  })

  test('remains when two administrators demote each other at once', async () => {
    const { id } = (await admin.get('/me')).body.user
    for (let round = 0; round < 10; round++) {
      const other = await aUser(admin, { roles: ['admin'] })
      await app.database.raw`update users set roles = '{}' where id not in (${id}, ${other.id})`

      const answers = await Promise.all([
        admin.patch(`/users/${id}`, { roles: [] }),
        admin.patch(`/users/${other.id}`, { state: 'suspended' }),
      ])

      const statuses = answers.map(({ status }) => status)
      expect(statuses.filter((status) => status === 200)).toHaveLength(1)
      // Whoever came second is refused: by the rule, or as no administrator any more.
      expect(statuses.some((status) => [409, 403, 401].includes(status))).toBe(true)
      await app.database.raw`update users set roles = '{admin}', state = 'activated' where id = ${id}`
      // Whoever lost the role was signed out.
      admin = await app.signIn()
    }
  })
})

describe('changing a user', () => {
  test('records what changed, and nothing when nothing did', async () => {
    const user = await aUser(admin, { department: 'Sales' })

    await admin.patch(`/users/${user.id}`, { department: 'Support', jobTitle: null })
    await admin.patch(`/users/${user.id}`, { department: 'Support' })

    const { items } = (
      await admin.get(
        `/directory-insights/events?eventType=user_update&q=${encodeURIComponent(user.name.toLowerCase())}`,
      )
    ).body
    expect(items).toHaveLength(1)
    expect(items[0].changes).toEqual([{ field: 'department', from: 'Sales', to: 'Support' }])
  })

  test('to a taken e-mail address is a conflict, of an unknown user a 404', async () => {
    const [user, other] = [await aUser(admin), await aUser(admin)]

    expect((await admin.patch(`/users/${user.id}`, { email: other.email })).status).toBe(409)
    expect((await admin.patch('/users/01920000-0000-7000-8000-000000000000', { name: 'X' })).status).toBe(404)
    expect((await admin.patch('/users/not-an-id', { name: 'X' })).status).toBe(404)
  })

  test('sets no password: nobody sets that of an existing person', async () => {
    const user = await aUser(admin, { password })

    const answer = await admin.patch(`/users/${user.id}`, { password: 'another long password' })

    expect([answer.status, answer.body.errors]).toEqual([
      422,
      [{ path: 'password', message: 'is not a known field', code: 'unknown_field', params: {} }],
    ])
    await app.signIn(user.email, password)
  })
})

describe('the list of users', () => {
  test('is searched by name, e-mail address and department, wildcards taken literally', async () => {
    await aUser(admin, { name: 'Zoë Quartz', email: 'zq@mail.test', department: '100% Geology_1' })

    for (const q of ['zoë', 'QUARTZ', 'zq@MAIL', '00% geology_', 'geology_ quartz'])
      expect(names(await admin.get(`/users?q=${encodeURIComponent(q)}`))).toEqual(['Zoë Quartz'])
    expect(names(await admin.get('/users?q=Quart_'))).toEqual([])
  })

  test('is the same in pages of any size, in every order', async () => {
    for (const sort of ['name', '-name', 'email', '-email', 'createdAt', '-createdAt']) {
      const whole = (await admin.get(`/users?limit=200&sort=${sort}`)).body.items
      const paged: unknown[] = []
      for (let cursor = ''; ; ) {
        const { body } = await admin.get(`/users?limit=7&sort=${sort}${cursor}`)
        paged.push(...body.items)
        if (!body.nextCursor) break
        cursor = `&cursor=${body.nextCursor}`
      }
      expect(paged).toEqual(whole)
      expect(whole.length).toBeGreaterThan(14)
    }
  })

  test('is filtered by state and role', async () => {
    const suspended = await aUser(admin, { state: 'suspended' })

    expect(names(await admin.get('/users?state=suspended&limit=200'))).toContain(suspended.name)
    expect(names(await admin.get('/users?state=activated,staged&limit=200'))).not.toContain(suspended.name)
    expect((await admin.get('/users?role=admin')).body.items[0].email).toBe(administrator.email)
  })
})

test('an address at a domain of another script is one address, however it is typed', async () => {
  const password = 'eleven purple trains'
  const person = { name: unique('Zoe'), email: 'zoe@bücher.example', password, mustChangePassword: false }

  const { status, body } = await admin.post('/users', person)
  expect([status, body.email]).toEqual([201, 'zoe@xn--bcher-kva.example'])

  for (const email of ['zoe@bücher.example', 'zoe@bu\u0308cher.example', 'Zoe@XN--BCHER-KVA.example'])
    expect((await app.client().post('/session', { email, password })).status).toBe(200)
  expect((await admin.post('/users', { ...person, email: 'zoe@xn--bcher-kva.example' })).status).toBe(409)
})

test('a user is shown with groups, applications and open grants', async () => {
  const user = await aUser(admin)
  const [direct, granted] = [
    await aGroup(admin, { name: unique('A direct') }),
    await aGroup(admin, { name: unique('B granted') }),
  ]
  const flow = await aFlow(admin, { groupId: granted.id })
  const application = await anApplication(admin, { groupIds: [granted.id] })
  await admin.put(`/user-groups/${direct.id}/members/${user.id}`)
  const grant = await aGrantRow(app.db, { flow, user }, { expiresAt: '2099-01-01T00:00:00.000Z' })
  await aGrantRow(app.db, { flow, user }, { endedAt: '2026-02-01T00:00:00.000Z' })

  const { body } = await admin.get(`/users/${user.id}`)

  expect(body.groups).toEqual([
    { id: direct.id, name: direct.name, direct: true, grantIds: [] },
    { id: granted.id, name: granted.name, direct: false, grantIds: [grant.id] },
  ])
  expect(body.applications).toMatchObject([
    { id: application.id, until: '2099-01-01T00:00:00.000Z', via: [{ groupId: granted.id, grantId: grant.id }] },
  ])
  expect(body.grants).toEqual([
    {
      id: grant.id,
      accessRequestId: grant.accessRequestId,
      flow: { id: flow.id, name: flow.name },
      group: { id: granted.id, name: granted.name },
      startedAt: '2026-01-01T00:00:00.000Z',
      expiresAt: '2099-01-01T00:00:00.000Z',
    },
  ])
})

test('the first administrator is made only when there is none', async () => {
  const deps = { db: app.db, auditLog: app.auditLog, hashPassword }

  expect(await ensureFirstAdministrator(deps, { email: 'second@example.test', password })).toBe(false)
  expect((await admin.get('/users?q=second@example.test')).body.items).toEqual([])
})

describe('the first administrator that a start makes', () => {
  const keys = [{ id: 'test', key: randomBytes(32) }]
  const withoutAny = () => app.db.update(users).set({ roles: [] })

  test('has no password that is easy to guess: the start says so and stops', async () => {
    await withoutAny()

    const making = ensureAdministrator(app, { adminEmail: 'root@example.test', adminPassword: 'qwertyuiop' }, keys)

    await expect(making).rejects.toThrow(/^ADMIN_PASSWORD is too easy to guess/)
    expect((await app.client().signIn('root@example.test', 'qwertyuiop')).status).toBe(401)
  })

  test('changes a password that is good for one sign-in', async () => {
    await withoutAny()

    const made = await ensureAdministrator(app, { adminEmail: 'root@example.test', adminPassword: undefined }, keys)

    const answer = await app.client().signIn('root@example.test', made?.password ?? '')
    expect([answer.status, answer.body.mustChangePassword]).toEqual([200, true])
  })
})
