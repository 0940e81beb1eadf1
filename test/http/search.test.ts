/** Every search finds people, and what is named after them, as others type their names. */
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { users } from '../../src/features/directory/users/users.table.ts'
import { rowOf } from '../../src/features/requests/requests.repository.ts'
import { accessRequests } from '../../src/features/requests/requests.table.ts'
import { aRequest } from '../support/a-request.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { createCompany } from '../support/company.ts'
import { aFlow, aGroup } from '../support/directory.ts'
import { aGrantRow } from '../support/history.ts'

/** A name, and questions that find it. */
const names: [string, string[]][] = [
  ['Chloé Dupont', ['Chloe', 'CHLOÉ', 'chloe\u0301', 'dupont chloe', 'dup lo?'.replace('?', 'é')]],
  ['Inês Sørensen', ['Ines', 'inês', 'sorensen', 'INES SØR']],
  ['Noah van Dijk', ['Dijk Noah', 'dijk van noah', 'va di no']],
  ['ΟΔΥΣΣΕΑΣ Σίγμας', ['οδυσσεας', 'Οδυσσέας', 'σιγμας ΟΔΥΣΣ', 'σίγμασ']],
  ['Anna Groß-Strauß', ['gross', 'GROSS', 'GROẞ', 'strauss anna']],
  ['İpek Işık', ['ipek', 'IPEK', 'isik', 'ışık']],
  ['Семён Йорданов', ['семен', 'СЕМЁН', 'иорданов']],
  ['ԱՐԱՄ Խաչատրյան', ['արամ', 'խաչատրյան ԱՐԱՄ']],
  ['Łukasz O’Brien', ['lukasz', "o'brien", 'O’BRIEN łukasz']],
  ['Zoe\u0308 Ångström', ['Zoë', 'zoe', 'angstrom zoe']],
  ['ＷＩＤＥ １００％', ['wide', '100%', '１００％']],
]
const questions = names.flatMap(([name, asked]) => asked.map((question) => [question, name] as const))

let app: TestApp
let admin: Client
const ids = new Map<string, string>()
const grantOf = new Map<string, string>()
const requestOf = new Map<string, string>()

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
  const flow = (await aFlow(admin, { name: 'Vault', groupId: (await aGroup(admin, { name: 'Keys' })).id })) as {
    id: string
    name: string
    groupId: string
  }
  for (const [place, [name]] of names.entries()) {
    const user = { id: uuidv7(), name, email: `p${place}.mail@example.test` }
    ids.set(name, user.id)
    // As an older version kept it, with letters and accents apart.
    await app.db.insert(users).values({ ...user, department: place % 2 === 0 ? 'Engineering' : 'Zürich' })
    requestOf.set(name, await requestRow(user))
    grantOf.set(name, (await aGrantRow(app.db, { flow, user })).id)
    await aGroup(admin, { name: `Group ${name}` })
    await aFlow(admin, { name: `Flow ${name}` })
    await admin.post('/applications', { name: `App ${name}`, url: 'https://example.test', groupIds: [] })
    await admin.put(`/user-groups/${flow.groupId}/members/${user.id}`, {})
  }
})
afterAll(() => app.close())

/** A row of the queue as a submission leaves it, without a workflow. @returns its id */
async function requestRow(user: { id: string; name: string; email: string }): Promise<string> {
  const company = createCompany()
  const request = aRequest(company, company.addUser(user), { id: uuidv7(), reason: 'Because of the vault' })
  const requester = { ...request.requester, ...user }
  await app.db.insert(accessRequests).values(rowOf({ ...request, requester }, true))
  return request.id
}

async function found(path: string): Promise<{ id: string; name: string; [field: string]: unknown }[]> {
  const answer = await admin.get(path)
  expect(answer.status).toBe(200)
  return answer.body.items
}
const asked = (q: string) => encodeURIComponent(q)
const groupId = async () => (await found('/user-groups?q=Keys'))[0]?.id

describe.each(questions)('%s finds %s', (question, name) => {
  const q = asked(question)
  const composed = name.normalize('NFC')

  test('among users, those who are meant as people, members, and requests and access of theirs', async () => {
    const [byName, person, members, queue, requester, grants] = await Promise.all([
      found(`/users?q=${q}`),
      found(`/users?person=${q}`),
      found(`/user-groups/${await groupId()}/members?q=${q}`),
      found(`/access-requests?q=${q}`),
      found(`/access-requests?requester=${q}`),
      found(`/grants?state=active&q=${q}`),
    ])

    for (const list of [byName, person, members]) expect(list.map(({ id }) => id)).toEqual([ids.get(name)])
    for (const list of [queue, requester]) expect(list.map(({ id }) => id)).toEqual([requestOf.get(name)])
    expect(grants.map(({ id }) => id)).toEqual([grantOf.get(name)])
  })

  test('in names of groups, flows and applications, in the catalogue and the log', async () => {
    for (const [path, word] of [
      ['user-groups', 'Group'],
      ['approval-flows', 'Flow'],
      ['applications', 'App'],
      ['catalog', 'Flow'],
    ])
      expect((await found(`/${path}?q=${q}`)).map((one) => one.name)).toEqual([`${word} ${composed}`])
    const events = await found(`/directory-insights/events?limit=100&q=${q}`)
    expect(events.length).toBeGreaterThanOrEqual(4)
    expect(JSON.stringify(events).match(/"member"/g)).toHaveLength(1)
  })
})

test('every word has to be found: in the department, the address, the flow, the reason or the beginning of the id', async () => {
  const id = requestOf.get('Chloé Dupont') ?? ''
  const one = [{ id }]
  for (const q of [
    'chloe vault',
    'because p0.mail@',
    `${id.slice(0, 35)} chloe`,
    'engineering chloe because production',
  ])
    expect(await found(`/access-requests?q=${asked(q)}`)).toMatchObject(one)
  for (const q of ['chloe zurich', 'chloe ines', 'vault nobody'])
    expect(await found(`/access-requests?q=${asked(q)}`)).toEqual([])
  expect(await found(`/access-requests?q=${asked('ZURICH vault')}`)).toHaveLength(5)
  expect((await admin.get(`/access-requests/counts?q=${asked('ZURICH vault')}`)).body.administrator).toBe(5)
  expect((await admin.get(`/access-requests/export?q=${asked('ZURICH vault')}`)).body).toHaveLength(5)
  expect(await found(`/grants?state=active&q=${asked('keys zurich')}`)).toHaveLength(5)
})

test('who is looked for as a person is not found by a department', async () => {
  expect((await found('/users?q=ine')).length).toBeGreaterThan(1)
  expect((await found('/users?person=ine')).map(({ name }) => name)).toEqual(['Inês Sørensen'])
  expect((await found('/users?person=p1.mail')).map(({ name }) => name)).toEqual(['Inês Sørensen'])
  expect((await found('/access-requests?requester=ine')).map(({ id }) => id)).toEqual([requestOf.get('Inês Sørensen')])
})

test('the log is searched by the name and address of now of whoever an event concerns, and by internal notes', async () => {
  const id = ids.get('Семён Йорданов') ?? ''
  await admin.patch(`/users/${id}`, { name: 'Maud Renée', email: 'new.address@example.test' })
  await app.db.transaction((tx) =>
    app.auditLog.append(tx, [
      {
        sourceKey: 'denied',
        eventType: 'access_management_access_request_approval',
        timestamp: new Date().toISOString(),
        initiatedBy: { id: null, type: 'system', email: null },
        accessRequestId: requestOf.get('Семён Йорданов') ?? null,
        resource: { type: 'approval_flow', id: null, name: 'Vault' },
        internalNote: `Déjà vu: ${'ask the manager first, '.repeat(40)}then Ulysse.`,
      },
    ]),
  )
  const typesOf = async (q: string) =>
    (await found(`/directory-insights/events?q=${asked(q)}`)).map((event) => String(event['event_type'])).toSorted()

  const concerned = ['access_management_access_request_approval', 'access_management_association_change', 'user_update']
  expect(await typesOf('renee maud')).toEqual(concerned)
  expect(await typesOf('new.address@')).toEqual(concerned)
  expect(await typesOf('new.address@ deja')).toEqual(['access_management_access_request_approval'])
  expect(await typesOf('ULYSSE first')).toEqual(['access_management_access_request_approval'])
  expect(await typesOf('ulysse chloe')).toEqual([])
  const exported = await admin.get(`/directory-insights/events/export?q=${asked('renee maud')}`)
  expect(exported.body).toHaveLength(3)
})

test('a search of very many words is answered', async () => {
  const q = Array.from({ length: 60 }, (_, n) => String.fromCodePoint(0x4e00 + n)).join(' ')
  for (const path of ['access-requests', 'directory-insights/events', 'users', 'approval-flows'])
    expect(await found(`/${path}?q=${asked(q)}`)).toEqual([])
  expect(await found(`/grants?state=active&q=${asked(q)}`)).toEqual([])
})
