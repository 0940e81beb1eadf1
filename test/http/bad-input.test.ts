import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCheckpoint } from '../../src/features/audit/audit.checkpoints.repository.ts'
import { filterQuery } from '../../src/features/requests/requests.schemas.ts'
import { describeApi } from '../../src/platform/http/openapi.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aFlow, aGroup, anApplication, aUser, unique } from '../support/directory.ts'

let app: TestApp
let admin: Client

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
})
afterAll(() => app.close())

/** Every place where text can be written, with a body that is fine but for that text. */
async function textFields(): Promise<[string, (text: string) => Record<string, unknown>][]> {
  const { id: groupId } = await aGroup(admin)
  const flow = { name: 'Flow', groupId, approvalType: 'automatic' }
  return [
    ['/users', (text) => ({ name: text, email: `${unique('x').replace(' ', '')}@example.test` })],
    ['/users', (text) => ({ name: 'X', email: `${unique('x').replace(' ', '')}@example.test`, department: text })],
    ['/users', (text) => ({ name: 'X', email: `${unique('x').replace(' ', '')}@example.test`, jobTitle: text })],
    ['/user-groups', (text) => ({ name: text })],
    ['/user-groups', (text) => ({ name: unique('Group'), description: text })],
    ['/applications', (text) => ({ name: text, url: 'https://x.test' })],
    ['/approval-flows', (text) => ({ ...flow, name: text })],
    ['/approval-flows', (text) => ({ ...flow, description: text })],
    ['/api-tokens', (text) => ({ name: text })],
    ['/connectors', (text) => ({ name: text, url: 'https://x.test' })],
  ]
}

test('control characters, lone surrogates and 100 kB are refused in every text', async () => {
  for (const [path, body] of await textFields()) {
    for (const text of ['a\u0000b', 'bell\u0007', 'right to left \u202e', 'half \ud83d', 'x'.repeat(100_000)]) {
      const answer = await admin.post(path, body(text))
      expect([path, Object.keys(body('')), text.slice(0, 20), answer.status]).toEqual([
        path,
        Object.keys(body('')),
        text.slice(0, 20),
        422,
      ])
    }
  }
})

test('a name that nobody can see is refused, and says so', async () => {
  const named = (await textFields()).filter(
    ([, body]) => 'name' in body('') && (body('x') as { name: string }).name === 'x',
  )
  for (const [path, body] of named) {
    for (const text of ['\u200b', '\u3164', '\u00ad\u00ad', ' \u2060 ']) {
      const answer = await admin.post(path, body(text))
      expect([path, answer.status]).toEqual([path, 422])
      expect(answer.body.errors).toEqual([
        expect.objectContaining({ path: 'name', message: 'must have a character that can be seen' }),
      ])
    }
  }
})

test('a text that was pasted from elsewhere is taken, and made regular', async () => {
  const description =
    'From\u000ba word processor,\u0085for \u2068\u05e0\u05d5\u05e2\u05d4\u2069 in the cafe\u0301\rAt once.'
  const { status, body } = await admin.post('/user-groups', { name: unique('Cafe\u0301'), description })

  expect(status).toBe(201)
  expect(body.description).toBe('From\na word processor,\nfor \u05e0\u05d5\u05e2\u05d4 in the caf\u00e9\nAt once.')
  expect(body.name).toContain('Caf\u00e9')
})

test('emoji, markup and formulas are text like any other', async () => {
  for (const [path, body] of await textFields()) {
    for (const text of ['Ünïcode 👩‍💻 🚀', '<img src=x onerror=alert(1)>', "=cmd|' /C calc'!A0"]) {
      const sent = body(unique(text))
      const answer = await admin.post(path, sent)
      expect([path, answer.status]).toEqual([path, 201])
      expect(answer.body).toMatchObject(sent)
    }
  }
})

test('unknown ids, and ids that are none, are 404', async () => {
  const unknown = '01920000-0000-7000-8000-000000000000'
  for (const path of [
    '/users',
    '/user-groups',
    '/applications',
    '/approval-flows',
    '/catalog',
    '/connectors',
    '/directory-insights/events',
  ]) {
    for (const id of [unknown, 'x', '%00', '1; drop table users', '..%2f..']) {
      const answer = await admin.get(`${path}/${id}`)
      expect([path, id, answer.status, answer.body.code]).toEqual([path, id, 404, 'not_found'])
    }
  }
  for (const path of ['/user-groups', '/applications', '/approval-flows', '/connectors', '/api-tokens']) {
    expect([path, (await admin.delete(`${path}/${unknown}`)).status]).toEqual([path, 404])
  }
})

test('lists refuse limits, sorts, cursors and filters that do not exist', async () => {
  const id = '01920000-0000-7000-8000-000000000000'
  const badFor = (cursor: (sort: string, ...place: unknown[]) => string) => [
    'limit=0',
    'limit=201',
    'limit=x',
    'sort=password',
    'sort=passwordHash',
    'cursor=made-up',
    'cursor=',
    `cursor=${cursor('-createdAt', 'x', id)}&sort=-createdAt`,
    `cursor=${cursor('-createdAt', '1', id)}&sort=-createdAt`,
    ...[
      '2026-99-99T00:00:00Z',
      '2026-02-30T00:00:00.000Z',
      '2026-02-03T24:00:00.000Z',
      '0000-01-01T00:00:00.000Z',
      '0001-01-01T00:00:00.000Z',
      '9999-12-31T23:59:59.999Z',
      '+010000-01-01T00:00:00.000Z',
      '-000001-01-01T00:00:00.000Z',
    ].map((value) => `cursor=${cursor('-createdAt', value, id)}&sort=-createdAt`),
    `cursor=${cursor('name', 'x', "' or 1=1")}&sort=name`,
    'q=%00',
    'nonsense=1',
  ]
  const lists = {
    '/users': 'users',
    '/user-groups': 'groups',
    '/applications': 'applications',
    '/approval-flows': 'flows',
    '/api-tokens': 'tokens',
  }
  for (const [path, list] of Object.entries(lists)) {
    const cursor = (sort: string, ...place: unknown[]) =>
      Buffer.from(JSON.stringify([`${list} ${sort}`, ...place])).toString('base64url')
    for (const query of badFor(cursor)) {
      const answer = await admin.get(`${path}?${query}`)
      expect([path, query, answer.status, answer.headers.get('content-type')]).toEqual([
        path,
        query,
        422,
        'application/problem+json; charset=utf-8',
      ])
    }
  }
})

const outOfReach = [
  '0000-01-01',
  '1899-12-31',
  '9999-12-31',
  '0000-01-01T00:00:00Z',
  '1900-01-01T00:00:00+00:01',
  '9999-12-31T23:59:59Z',
  '9999-12-31T23:59:59-14:00',
]

test('times that no part can keep are refused by name', async () => {
  for (const path of ['/directory-insights/events', '/directory-insights/events/export'])
    for (const field of ['from', 'to'])
      for (const time of outOfReach) {
        const answer = await admin.get(`${path}?${field}=${encodeURIComponent(time)}`)
        expect([path, field, time, answer.status, answer.body.errors]).toEqual([
          path,
          field,
          time,
          422,
          [
            {
              path: field,
              message: expect.any(String),
              code: 'out_of_range',
              params: { minimum: 1900, maximum: 9998 },
            },
          ],
        ])
      }
  for (const expiresAt of outOfReach) {
    const answer = await admin.post('/api-tokens', { name: 'Far', expiresAt })
    expect([expiresAt, answer.status, answer.body.errors?.[0]?.path]).toEqual([expiresAt, 422, 'expiresAt'])
  }
  expect(
    (await admin.get('/directory-insights/events?from=1900-01-01&to=9998-12-31T23:59:59Z&limit=1')).body.items,
  ).toHaveLength(1)
  const inTenDays = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 19)
  const { body } = await admin.post('/api-tokens', { name: 'Far', expiresAt: `${inTenDays}+14:00` })
  expect(body.expiresAt).toBe(new Date(`${inTenDays}+14:00`).toISOString())
})

test('the times of a queue are within the same reach, and a day in `to` means its end', () => {
  for (const field of ['from', 'to'] as const)
    for (const time of outOfReach) {
      const { error } = filterQuery.safeParse({ [field]: time })
      expect([field, time, error?.issues[0]?.path]).toEqual([field, time, [field]])
    }
  expect(filterQuery.parse({ from: '2026-03-01', to: '2026-03-01' })).toEqual({
    from: '2026-03-01T00:00:00.000Z',
    to: '2026-03-02T00:00:00.000Z',
  })
  expect(filterQuery.parse({ to: '9998-12-31' }).to).toBe('9999-01-01T00:00:00.000Z')
})

test('a path whose percent-encoding is broken leads nowhere', async () => {
  for (const path of ['/users/%ff', '/users/%', '/user-groups/%c3%28/members', '/%ff'])
    expect(await admin.get(path)).toMatchObject({
      status: 404,
      body: { code: 'not_found', detail: 'There is nothing at this address.' },
    })
})

test('routes that ask for no body take none, or one without fields', async () => {
  const [user, group] = [await aUser(admin), await aGroup(admin)]
  const path = `/user-groups/${group.id}/members/${user.id}`

  for (const [body, field] of [
    ['{"foo":1}', 'foo'],
    ['{"__proto__":1}', '__proto__'],
    ['[]', ''],
    ['5', ''],
    ['null', ''],
  ]) {
    const answer = await admin.send('PUT', path, { body })
    expect([body, answer.status, answer.body.errors?.[0]?.path]).toEqual([body, 422, field])
  }
  expect((await admin.send('PUT', path, { body: {} })).status).toBe(200)
  expect((await admin.send('DELETE', path)).status).toBe(204)
})

test('connectors are the same in pages, and go on behind one that is gone', async () => {
  for (const name of ['Ärger', 'alpha', 'Beta', 'ALPHA 2', 'ß', 'gamma'])
    await admin.post('/connectors', { name, url: 'https://x.test' })
  const all = (await admin.get('/connectors?limit=200')).body.items
  const first = (await admin.get('/connectors?limit=2')).body
  await admin.delete(`/connectors/${first.items[1].id}`)

  const paged = [...first.items]
  for (let cursor = first.nextCursor; cursor; ) {
    const { body } = await admin.get(`/connectors?limit=2&cursor=${cursor}`)
    paged.push(...body.items)
    cursor = body.nextCursor
  }

  expect(paged).toEqual(all)
  expect(all.length).toBeGreaterThanOrEqual(6)
})

test('cursors with odd values of the right form give a page, not a failure', async () => {
  const id = '01920000-0000-7000-8000-000000000000'
  for (const value of [null, 5, '', 'x'.repeat(300), '\ud800', '%', "'"]) {
    const cursor = Buffer.from(JSON.stringify(['users name', value, id])).toString('base64url')
    const answer = await admin.get(`/users?sort=name&cursor=${cursor}`)
    expect([value, answer.status]).toEqual([value, 200])
  }
})

test('bodies that are not JSON objects with known fields are refused', async () => {
  for (const path of [
    '/users',
    '/user-groups',
    '/applications',
    '/approval-flows',
    '/api-tokens',
    '/connectors',
    '/session',
  ]) {
    const send = (body: unknown, headers = {}) => admin.send('POST', path, { body, headers })
    expect([path, (await send('{"name":')).status]).toEqual([path, 400])
    for (const body of ['[]', 'null', '"text"', '5', '{}', '{"name":"x","__proto__":{"a":1},"nonsense":true}'])
      expect([path, body, (await send(body)).status]).toEqual([path, body, 422])
    expect([path, (await send('name=x', { 'content-type': 'application/x-www-form-urlencoded' })).status]).toEqual([
      path,
      415,
    ])
    expect([path, (await send(JSON.stringify({ name: 'x'.repeat(300_000) }))).status]).toEqual([path, 413])
  }
})

test('a sign-in with odd values is refused, not failed', async () => {
  const bad = [
    { email: 'a\u0000@x.test', password: 'x' },
    { email: 'x'.repeat(500), password: 'x' },
    { email: 'a@x.test', password: 'x'.repeat(300) },
    { email: 5, password: [] },
  ]
  for (const body of bad) expect((await app.client().post('/session', body)).status).toBe(422)
  expect((await app.client().post('/session', { email: 'a@x.test', password: '\u0000\ud83d' })).status).toBe(401)
})

test('methods that an address does not take are 405 and name those it takes', async () => {
  const answer = await admin.send('PUT', '/users', { body: {} })

  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST'])
})

test('a repeated POST whose first answer was lost makes nothing twice', async () => {
  const group = await aGroup(admin)
  const bodies: [string, Record<string, unknown>][] = [
    ['/users', { name: 'Once', email: 'once@example.test' }],
    ['/user-groups', { name: 'Once' }],
    ['/applications', { name: 'Once', url: 'https://x.test', groupIds: [group.id] }],
    ['/approval-flows', { name: 'Once', groupId: group.id, approvalType: 'automatic' }],
    ['/connectors', { name: 'Once', url: 'https://x.test' }],
    ['/api-tokens', { name: 'Once' }],
  ]
  for (const [path, body] of bodies) {
    const headers = { 'idempotency-key': `once${path}` }
    const first = await admin.post(path, body, headers)
    // As if the process had died between the work and the keeping of its answer.
    await app.database.raw`update idempotency_keys set status = null, answer = null`
    const second = await admin.post(path, body, headers)
    const events = await app.database
      .raw`select count(*)::int as count from audit_events where resource_id = ${first.body.id}`

    expect([path, second.status, second.body.id]).toEqual([path, 201, first.body.id])
    expect([path, events[0]?.count]).toEqual([path, 1])
  }
})

test('a token whose first answer was lost is replaced, and only the one that was shown works', async () => {
  const headers = { 'idempotency-key': 'lost-token' }
  const first = await admin.post('/api-tokens', { name: 'Lost' }, headers)
  await app.database.raw`update idempotency_keys set status = null, answer = null`

  const second = await admin.post('/api-tokens', { name: 'Lost' }, headers)

  expect((await app.client({ token: second.body.token }).get('/me')).status).toBe(200)
  expect((await app.client({ token: first.body.token }).get('/me')).status).toBe(401)
})

test('every answer has the shape that the documentation says', async () => {
  const { routes } = app.modules.http
  await makeCheckpoint(app.db, app)
  const [user, group] = [await aUser(admin), await aGroup(admin)]
  await admin.put(`/user-groups/${group.id}/members/${user.id}`)
  const flow = await aFlow(admin)
  const application = await anApplication(admin, { groupIds: [group.id] })
  const event = (await admin.get('/directory-insights/events?limit=1')).body.items[0]
  const ids: Record<string, string> = {
    users: user.id,
    'user-groups': group.id,
    applications: application.id,
    'approval-flows': flow.id,
    catalog: flow.id,
    'directory-insights': event.id,
  }

  // Exports and logos are files, and the live view goes on.
  const pages = routes.filter((one) => one.method === 'get' && !/export|stream|logo/.test(one.path))
  for (const { method, path, responses } of pages) {
    const id = ids[path.split('/')[1] ?? '']
    if (path.includes('{id}') && !id) continue
    const answer = await admin.get(path.replace('{id}', id ?? ''))
    const result = responses[200]?.schema?.safeParse(answer.body)
    expect([method, path, answer.status, result?.error?.issues]).toEqual([method, path, 200, undefined])
  }
  expect(describeApi(routes).openapi).toBe('3.1.0')
})

test('what is wrong with a field is said in words, with what it takes instead', async () => {
  const groupId = (await aGroup(admin)).id
  const flow = { name: unique('Flow'), groupId, approvalType: 'manual', approvers: [{ kind: 'administrator' }] }
  const wordsOf = async (path: string, body?: object) => {
    const answer = body ? await admin.post(path, body) : await admin.get(path)
    expect(answer.status).toBe(422)
    return answer.body.errors.map((error: { path: string; message: string }) => `${error.path} ${error.message}`)
  }

  expect(await wordsOf(`/users?q=${'x'.repeat(201)}`)).toEqual(['q must have at most 200 characters'])
  expect(await wordsOf('/users', { email: 'nobody' })).toEqual(['name is required', 'email must be an e-mail address'])
  expect(await wordsOf('/approval-flows', { ...flow, approvalType: 'perhaps' })).toContainEqual(
    'approvalType must be one of manual, automatic',
  )
  expect(await wordsOf('/approval-flows', { ...flow, groupId: 7 })).toEqual(['groupId must be a string'])
  expect(await wordsOf('/users?limit=1000')).toEqual(['limit must be at most 200'])
})
