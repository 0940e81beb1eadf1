/** PATCH bodies in the dialects of Okta and Entra, written for these tests, and what the directory keeps of each. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aProvider, enterprise, type Provider } from '../support/scim.ts'

let app: TestApp
let admin: Client
let provider: Provider
let boss: { id: string }

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
  provider = (await aProvider(admin, app.base, 'Provider')).provider
  boss = await provider.person({ displayName: 'Boss' })
})
afterAll(() => app.close())

const start = { displayName: 'Ann Lee', title: 'Clerk', [enterprise]: { department: 'Sales' } }

/** After the operations, on somebody with name, title and department. */
async function after(operations: (bossId: string) => unknown[]) {
  const { id, userName } = await provider.person({ ...start, name: { givenName: 'Ann', familyName: 'Lee' } })
  const answer = await provider.patch(`/Users/${id}`, operations(boss.id))
  return {
    answer,
    userName,
    kept: (await admin.get(`/users/${id}`)).body,
    shown: (await provider.get(`/Users/${id}`)).body,
  }
}

describe('of Entra', () => {
  test.each([
    ['False as a text', [{ op: 'Replace', path: 'active', value: 'False' }], { state: 'suspended' }],
    ['false as a text without a path', [{ op: 'replace', value: { active: 'false' } }], { state: 'suspended' }],
    ['True where it is so', [{ op: 'Add', path: 'active', value: 'True' }], { state: 'activated' }],
    [
      'the address for work',
      [{ op: 'Replace', path: 'emails[type eq "work"].value', value: 'entra@people.example.test' }],
      { email: 'entra@people.example.test' },
    ],
    [
      'the address for work, to be added where there is none',
      [
        { op: 'remove', path: 'emails' },
        { op: 'Add', path: 'emails[type eq "work"].value', value: 'added@people.example.test' },
      ],
      { email: 'added@people.example.test' },
    ],
    [
      'parts of the name',
      [
        { op: 'Add', path: 'name.familyName', value: 'Kim' },
        { op: 'Remove', path: 'displayName' },
      ],
      { name: 'Ann Kim' },
    ],
    [
      'an attribute of the extension',
      [{ op: 'Add', path: `${enterprise}:department`, value: 'HR' }],
      { department: 'HR' },
    ],
    [
      'the extension as an object, and dotted names in one value',
      [{ op: 'Replace', value: { [`${enterprise}:department`]: 'Law', 'name.givenName': 'Eva', title: 'Judge' } }],
      { department: 'Law', jobTitle: 'Judge' },
    ],
    [
      'the extension in an object',
      [{ op: 'Replace', path: enterprise, value: { department: 'IT' } }],
      { department: 'IT' },
    ],
    ['an attribute taken away', [{ op: 'Remove', path: 'title' }], { jobTitle: null }],
    ['an attribute taken away, with its value', [{ op: 'Remove', path: 'title', value: 'Clerk' }], { jobTitle: null }],
    [
      'what is not kept',
      [{ op: 'Add', path: 'addresses[type eq "work"].formatted', value: 'Street 1' }],
      { name: 'Ann Lee' },
    ],
    [
      'another extension',
      [{ op: 'Add', path: 'urn:ietf:params:scim:schemas:extension:custom:2.0:User:shoe', value: '42' }],
      { name: 'Ann Lee' },
    ],
  ])('%s', async (_, operations, expected) => {
    const { answer, kept } = await after(() => operations)

    expect(answer.status).toBe(200)
    expect(kept).toMatchObject(expected)
  })

  test.each([
    ['an id', (id: string) => id],
    ['an object', (id: string) => ({ value: id })],
    ['an object in a list', (id: string) => [{ value: id }]],
    ['a reference', (id: string) => ({ $ref: `../Users/${id}` })],
  ])('the manager as %s, and away again by nothing', async (_, value) => {
    const path = `${enterprise}:manager`
    const { answer, kept, shown } = await after((id) => [{ op: 'Add', path, value: value(id) }])
    const gone = await provider.patch(`/Users/${kept.id}`, [{ op: 'Replace', path, value: { value: '' } }])

    expect(answer.status).toBe(200)
    expect(kept.manager.id).toBe(boss.id)
    expect(shown[enterprise].manager).toMatchObject({ value: boss.id })
    expect(gone.status).toBe(200)
    expect((await admin.get(`/users/${kept.id}`)).body.manager).toBeNull()
  })
})

describe('of Okta', () => {
  test.each([
    ['suspended, without a path', [{ op: 'replace', value: { active: false } }], { state: 'suspended' }],
    [
      'a whole profile, without a path',
      [
        {
          op: 'replace',
          value: {
            name: { givenName: 'Eva', familyName: 'Roe', formatted: 'Eva Roe' },
            displayName: 'Eva Roe',
            title: 'Chief',
          },
        },
      ],
      { name: 'Eva Roe', jobTitle: 'Chief' },
    ],
    [
      'the primary address',
      [{ op: 'replace', path: 'emails[primary eq true].value', value: 'okta@people.example.test' }],
      { email: 'okta@people.example.test' },
    ],
    [
      'an address that becomes the primary one',
      [{ op: 'add', path: 'emails', value: [{ value: 'second@people.example.test', type: 'home', primary: true }] }],
      { email: 'second@people.example.test' },
    ],
    [
      'nothing as null',
      [{ op: 'replace', value: { title: null, [enterprise]: { department: null } } }],
      { jobTitle: null, department: null },
    ],
    [
      'a password, which is nobody else’s to set',
      [{ op: 'replace', value: { password: 'hunter2hunter2' } }],
      { name: 'Ann Lee' },
    ],
    ['names in other case', [{ op: 'REPLACE', path: 'DISPLAYNAME', value: 'Loud' }], { name: 'Loud' }],
    [
      'ids and metadata beside the change',
      [{ op: 'replace', value: { id: 'x', schemas: [], meta: {}, title: 'Kept' } }],
      { jobTitle: 'Kept' },
    ],
  ])('%s', async (_, operations, expected) => {
    const { answer, kept } = await after(() => operations)

    expect(answer.status).toBe(200)
    expect(kept).toMatchObject(expected)
  })

  test('an address that becomes the primary one takes that from the one before', async () => {
    const { shown, userName } = await after(() => [
      { op: 'add', path: 'emails', value: [{ value: userName1, type: 'work', primary: true }] },
      { op: 'add', path: 'emails', value: [{ value: 'new@people.example.test', type: 'home', primary: true }] },
    ])

    expect(shown.emails.filter(({ primary }: { primary: boolean }) => primary)).toMatchObject([
      { value: 'new@people.example.test' },
    ])
    expect(shown.userName).toBe(userName)
  })

  test('a group renamed with its id beside, members by a list of ids, and its whole self by PUT', async () => {
    const group = await provider.group()
    const [a, b] = [await provider.person(), await provider.person()]
    const patch = (...operations: unknown[]) => provider.patch(`/Groups/${group.id}`, operations)

    const renamed = await patch({ op: 'replace', value: { id: group.id, displayName: 'Renamed' } })
    const members = await patch(
      { op: 'add', path: 'members', value: [{ value: a.id, display: 'a@x' }] },
      { op: 'add', path: 'members', value: [{ value: b.id, display: 'b@x' }] },
      { op: 'remove', path: `members[value eq "${a.id}"]` },
    )
    const asked = await provider.send('PATCH', `/Groups/${group.id}?attributes=members`, {
      body: {
        operations: [
          { op: 'replace', path: 'urn:ietf:params:scim:schemas:core:2.0:Group:displayName', value: 'Third' },
        ],
      },
    })

    expect([renamed.status, members.status, asked.status]).toEqual([204, 204, 200])
    expect(asked.body.members).toMatchObject([{ value: b.id }])
    expect((await provider.get(`/Groups/${group.id}`)).body.displayName).toBe('Third')
  })
})

const userName1 = 'first@people.example.test'
