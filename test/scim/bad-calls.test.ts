/** What is sent wrong: each refused in the shape of SCIM, and nothing of it is done. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aProvider, enterprise, type Provider } from '../support/scim.ts'

let app: TestApp
let admin: Client
let okta: Provider

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
  okta = (await aProvider(admin, app.base, 'Okta')).provider
})
afterAll(() => app.close())

const kept = async (id: string) => (await admin.get(`/users/${id}`)).body

describe('bad calls', () => {
  test.each([
    ['no JSON', 'POST', '/Users', '{"userName":', 400, 'invalidSyntax'],
    ['a list for an object', 'POST', '/Users', '[]', 400, 'invalidSyntax'],
    ['no body', 'POST', '/Users', undefined, 400, 'invalidSyntax'],
    ['a PATCH without operations', 'PATCH', '/Users/ID', '{}', 400, 'invalidSyntax'],
    [
      'an unknown operation',
      'PATCH',
      '/Users/ID',
      '{"Operations":[{"op":"move","path":"title"}]}',
      400,
      'invalidSyntax',
    ],
    ['nothing to add', 'PATCH', '/Users/ID', '{"Operations":[{"op":"add","path":"title"}]}', 400, 'invalidSyntax'],
    ['remove without a path', 'PATCH', '/Users/ID', '{"Operations":[{"op":"remove"}]}', 400, 'noTarget'],
    [
      'an unknown attribute',
      'PATCH',
      '/Users/ID',
      '{"Operations":[{"op":"add","path":"shoe","value":1}]}',
      400,
      'invalidPath',
    ],
    [
      'a path to what is no path',
      'PATCH',
      '/Users/ID',
      '{"Operations":[{"op":"add","path":"a b[","value":1}]}',
      400,
      'invalidPath',
    ],
    [
      'a prototype',
      'PATCH',
      '/Users/ID',
      '{"Operations":[{"op":"add","path":"__proto__.admin","value":1}]}',
      400,
      'invalidPath',
    ],
    [
      'a value that is not there',
      'PATCH',
      '/Users/ID',
      '{"Operations":[{"op":"replace","path":"emails[type co \\"x\\"].value","value":"a@b.example.test"}]}',
      400,
      'noTarget',
    ],
    [
      'what is read-only',
      'PATCH',
      '/Users/ID',
      '{"Operations":[{"op":"replace","path":"id","value":"x"}]}',
      400,
      'mutability',
    ],
    [
      'the name taken away',
      'PATCH',
      '/Users/ID',
      '{"Operations":[{"op":"remove","path":"userName"}]}',
      400,
      'mutability',
    ],
    [
      'an unknown member',
      'PATCH',
      '/Groups/ID',
      '{"Operations":[{"op":"add","path":"members","value":[{"value":"x"}]}]}',
      404,
      undefined,
    ],
    [
      'no such person',
      'PUT',
      '/Users/0199c0de-0000-7000-8000-000000000000',
      '{"userName":"a@b.example.test"}',
      404,
      undefined,
    ],
    ['bulk', 'POST', '/Bulk', '{}', 501, undefined],
    ['me', 'GET', '/Me', undefined, 501, undefined],
    ['another method', 'PUT', '/Users', '{}', 405, undefined],
    ['nothing', 'GET', '/Nothing', undefined, 404, undefined],
  ])('%s is refused in the shape of SCIM', async (_, method, path, body, status, scimType) => {
    const { id } = await okta.person()

    const answer = await okta.send(method, path.replace('ID', id), body === undefined ? {} : { body })

    expect(answer).toMatchObject({ status, body: { status: String(status) } })
    expect(answer.body.scimType).toBe(scimType)
    expect(answer.body.detail).toBeTruthy()
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined()
  })

  test.each(['__proto__', 'constructor', 'toString'])('%s, which every object has, is no attribute', async (name) => {
    const [{ id }, group] = [await okta.person({ name: { givenName: 'Ann' } }), await okta.group()]
    const patch = (path: string, value: unknown) => okta.patch(`/Users/${id}`, [{ op: 'replace', path, value }])

    const sorted = await Promise.all(
      ['Users', 'Groups'].flatMap((kind) => [
        okta.get(`/${kind}?sortBy=${name}`),
        okta.post(`/${kind}/.search`, { sortBy: name }),
      ]),
    )
    const patched = await Promise.all([patch(`name.${name}`, 'x'), patch(`name.${name}`, null), patch(name, 'x')])
    const filtered = await Promise.all(
      [`${name} pr`, `emails[${name} eq "x"]`, `name.${name} eq "x"`].map((filter) => okta.found('/Users', filter)),
    )
    const within = `{"userName":"own@people.example.test","name":{"${name}":null},"emails":[{"${name}":1}]}`
    const others = await Promise.all([
      okta.send('PUT', `/Users/${id}`, { body: within }),
      okta.send('PATCH', `/Users/${id}`, { body: `{"Operations":[{"op":"add","value":${within}}]}` }),
      patch(`emails.${name}`, 'x'),
      patch(`emails[${name} eq "x"].value`, 'a@people.example.test'),
      patch(`${enterprise}:manager.${name}`, 'x'),
      okta.patch(`/Groups/${group.id}`, [{ op: 'add', path: `members.${name}`, value: 'x' }]),
      okta.get(`/Users/${id}?attributes=${name},name.${name}`),
    ])

    for (const { status, body } of [...sorted, ...patched])
      expect([status, body.scimType]).toEqual([400, 'invalidPath'])
    for (const { status, body } of filtered) expect([status, body.scimType]).toEqual([400, 'invalidFilter'])
    for (const { status } of others) expect(status).toBeLessThan(500)
  })

  test.each([
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+14:00',
    '9999-12-31T23:59:59-14:00',
    '2026-02-30T00:00:00Z',
    '2026-02-30',
    '2026-13-01T00:00:00Z',
  ])('%s is no time to compare with', async (time) => {
    const filters = ['meta.lastModified gt', 'meta.created le', 'meta.created ne'].map((start) => `${start} "${time}"`)

    const answers = await Promise.all(
      ['/Users', '/Groups'].flatMap((kind) => filters.map((filter) => okta.found(kind, filter))),
    )

    for (const { status, body } of answers) expect([status, body.scimType]).toEqual([400, 'invalidFilter'])
  })

  test('what is no JSON by its type, and what is too large, are refused before anything is read of it', async () => {
    const text = await okta.send('POST', '/Users', { body: 'hello', headers: { 'content-type': 'text/plain' } })
    const large = await okta.send('POST', '/Users', { body: `{"x":"${'x'.repeat(8_500_000)}"}` })
    const json = await okta.send('POST', '/Users', {
      body: { userName: 'json@people.example.test' },
      headers: { 'content-type': 'application/json' },
    })

    expect([text.status, large.status, json.status]).toEqual([415, 413, 201])
    expect(large.body.status).toBe('413')
  })

  test.each([
    ['lists in lists', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
    ['objects in objects', `${'{"value":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['an extension in itself', `${`{"${enterprise}":`.repeat(20_000)}1${'}'.repeat(20_000)}`],
  ])('%s without end are refused or ignored, and break nothing', async (_, deep) => {
    const { id } = await okta.person()
    const within = (field: string) => `{"userName":"deep@people.example.test","displayName":"D","${field}":${deep}}`
    const operations = (path: string) =>
      `{"Operations":[{"op":"add","path":"${path}","value":${deep}},{"op":"add","value":${deep}}]}`

    const answers = await Promise.all([
      ...['name', 'emails', enterprise].map((field) => okta.send('PUT', `/Users/${id}`, { body: within(field) })),
      ...['title', 'name', 'emails', `${enterprise}:manager`, enterprise].map((path) =>
        okta.send('PATCH', `/Users/${id}`, { body: operations(path) }),
      ),
      okta.send('POST', '/Groups', { body: within('members') }),
      okta.send('POST', '/Users/.search', { body: `{"attributes":${deep}}` }),
    ])

    for (const { status } of answers) expect(status).toBeLessThan(500)
  })

  test('of a PATCH that is wrong in its last operation nothing is done', async () => {
    const person = await okta.person({ title: 'Clerk' })

    const answer = await okta.patch(`/Users/${person.id}`, [
      { op: 'replace', path: 'title', value: 'Chief' },
      { op: 'replace', path: 'active', value: false },
      { op: 'replace', path: 'emails', value: [{ value: 'no address', primary: true }] },
    ])

    expect(answer).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } })
    expect(await kept(person.id)).toMatchObject({ jobTitle: 'Clerk', state: 'activated' })
  })
})
