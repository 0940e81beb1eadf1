/** Groups by SCIM: their members, in the directory and at connected systems, and what becomes of access they give. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aFlow, aGroup, aUser, unique } from '../support/directory.ts'
import { aGrantRow } from '../support/history.ts'
import { aProvider, type Provider } from '../support/scim.ts'

let app: TestApp
let admin: Client
let entra: Provider
let okta: Provider
let target: Server
/** What the connected system answers, and whom it was told of. */
let targetStatus = 200
const told: string[] = []
let connectorId: string

beforeAll(async () => {
  target = createServer((req, res) => {
    let text = ''
    req.on('data', (chunk) => (text += chunk))
    req.on('end', () => {
      const { type, data } = JSON.parse(text)
      if (targetStatus < 300) told.push(`${type} ${data.user.id}`)
      res.writeHead(targetStatus, { 'content-type': 'text/plain' }).end(targetStatus < 300 ? '' : 'not now')
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => target.once('listening', resolve))
  app = await startTestApp()
  admin = await app.signIn()
  entra = (await aProvider(admin, app.base, 'Entra')).provider
  okta = (await aProvider(admin, app.base, 'Okta')).provider
  const url = `http://127.0.0.1:${(target.address() as AddressInfo).port}/`
  connectorId = (await admin.post('/connectors', { name: 'CRM', url })).body.id
})
afterAll(async () => {
  await app.close()
  target.close()
})

const people = (count: number) => Promise.all(Array.from({ length: count }, () => entra.person()))
const membersOf = async (id: string): Promise<string[]> =>
  ((await entra.get(`/Groups/${id}`)).body.members ?? []).map(({ value }: { value: string }) => value).sort()
const idsOf = (some: { id: string }[]) => some.map(({ id }) => id).sort()
const listed = (some: { id: string }[]) => some.map(({ id }) => ({ value: id }))

describe('members of a group', () => {
  test('are put in, taken out and replaced, as a list, one by one, and all of them', async () => {
    const [a, b, c] = (await people(3)) as [{ id: string }, { id: string }, { id: string }]
    const { id } = await entra.group({ members: listed([a]) })
    const patch = (...operations: unknown[]) => entra.patch(`/Groups/${id}`, operations)

    const added = await patch({ op: 'Add', path: 'members', value: listed([b, c, b]) })
    const all = await membersOf(id)
    await patch({ op: 'Remove', path: `members[value eq "${a.id.toUpperCase()}"]` })
    const withoutA = await membersOf(id)
    await patch({ op: 'remove', path: 'members', value: listed([b]) }, { op: 'add', path: 'members', value: a.id })
    const exchanged = await membersOf(id)
    await patch({ op: 'replace', path: 'members', value: listed([b]) }, { op: 'add', value: { members: listed([c]) } })
    const replaced = await membersOf(id)
    await patch({ op: 'remove', path: 'members' })

    expect(added.status).toBe(204)
    expect(all).toEqual(idsOf([a, b, c]))
    expect(withoutA).toEqual(idsOf([b, c]))
    expect(exchanged).toEqual(idsOf([a, c]))
    expect(replaced).toEqual(idsOf([b, c]))
    expect(await membersOf(id)).toEqual([])
    expect((await entra.found('/Groups', `members.value eq "${a.id}"`)).body.totalResults).toBe(0)
  })

  test('are the source’s own people and those whom nobody manages: of others as of unknown ids nobody is put in', async () => {
    const { provider: okta } = await aProvider(admin, app.base, unique('Okta'))
    const [own, theirs, free] = [await entra.person(), await okta.person(), await aUser(admin)]
    const before = await aGroup(admin)
    await admin.put(`/user-groups/${before.id}/members/${theirs.id}`)
    const { id } = await entra.group({ members: listed([own, free]) })
    const displayName = unique('With theirs')

    const refused = await Promise.all([
      entra.post('/Groups', { displayName, members: listed([own, theirs]) }),
      entra.patch(`/Groups/${id}`, [{ op: 'add', path: 'members', value: listed([theirs]) }]),
      entra.put(`/Groups/${id}`, { displayName, members: listed([own, theirs]) }),
    ])
    const kept = await entra.put(`/Groups/${before.id}`, { displayName: before.name, members: listed([own, theirs]) })

    for (const { status, body } of refused) {
      expect([status, body.scimType]).toEqual([400, 'invalidValue'])
      expect(body.detail).toBe(`members: ${theirs.id}: no such user.`)
    }
    expect(await membersOf(id)).toEqual(idsOf([own, free]))
    expect((await entra.found('/Groups', `displayName eq "${displayName}"`)).body.totalResults).toBe(0)
    expect([kept.status, await membersOf(before.id)]).toEqual([200, idsOf([own, theirs])])
  })

  test('are found: by the group, and by the person', async () => {
    const [person] = await people(1)
    const group = await entra.group({ members: listed([person]), externalId: unique('g') })

    const byMember = await entra.found('/Groups', `members[value eq "${person.id}" and type eq "user"]`)
    const byId = await entra.get(
      `/Groups?filter=${encodeURIComponent(`externalId eq "${group.externalId}"`)}&excludedAttributes=members`,
    )
    const inGroup = await entra.found('/Users', `groups.value eq "${group.id}"`)

    expect(byMember.body.Resources).toMatchObject([{ id: group.id, members: [{ value: person.id, type: 'User' }] }])
    expect(byId.body.Resources).toMatchObject([{ id: group.id }])
    expect(byId.body.Resources[0].members).toBeUndefined()
    expect(inGroup.body.Resources).toMatchObject([{ id: person.id, groups: [{ value: group.id }] }])
  })

  test('that are nobody are refused by name, and nothing of the change is done', async () => {
    const [person] = await people(1)
    const { id, displayName } = await entra.group()
    const nobody = '0199c0de-0000-7000-8000-000000000001'

    const patched = await entra.patch(`/Groups/${id}`, [
      { op: 'replace', path: 'displayName', value: 'Other' },
      { op: 'add', path: 'members', value: [...listed([person]), { value: nobody }] },
    ])
    const put = await entra.put(`/Groups/${id}`, { displayName: 'Other', members: [{ value: 'x' }] })
    const nested = await entra.put(`/Groups/${id}`, { displayName, members: [{ value: id, type: 'Group' }] })
    const made = await entra.post('/Groups', { displayName: 'Never', members: [{ value: nobody }] })

    for (const answer of [patched, put, nested, made])
      expect(answer).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } })
    expect(patched.body.detail).toContain(nobody)
    expect((await entra.get(`/Groups/${id}`)).body).toMatchObject({ displayName })
    expect(await membersOf(id)).toEqual([])
    expect((await entra.found('/Groups', 'displayName eq "Never"')).body.totalResults).toBe(0)
  })

  test('changed by two at once end as one of the two would have it', async () => {
    const some = await people(6)
    const [first, second] = [some.slice(0, 3), some.slice(3)]
    const { id, displayName } = await entra.group()

    for (let round = 0; round < 5; round += 1) {
      await Promise.all(
        [first, second].map((half) => entra.put(`/Groups/${id}`, { displayName, members: listed(half) })),
      )
      expect([idsOf(first), idsOf(second)]).toContainEqual(await membersOf(id))
    }
    await entra.put(`/Groups/${id}`, { displayName })
    await Promise.all(
      some.map((one) => entra.patch(`/Groups/${id}`, [{ op: 'add', path: 'members', value: listed([one]) }])),
    )
    expect(await membersOf(id)).toEqual(idsOf(some))
  })

  test('with an old version nothing is changed', async () => {
    const [person] = await people(1)
    const group = await entra.group()
    const add = (version: string) =>
      entra.patch(`/Groups/${group.id}`, [{ op: 'add', path: 'members', value: listed([person]) }], {
        'If-Match': version,
      })

    expect((await add('W/"old"')).status).toBe(412)
    expect(await membersOf(group.id)).toEqual([])
    expect((await add(group.meta.version)).status).toBe(204)
    expect((await add(group.meta.version)).status).toBe(412)
  })

  test('leave one event for each change, which names the source', async () => {
    const some = await people(3)
    const group = await entra.group({ members: listed(some) })

    const { items } = (await admin.get('/directory-insights/events?eventType=access_management_association_change'))
      .body
    const [event] = items.filter(({ resource }: { resource: { id: string } }) => resource.id === group.id)

    expect(event.initiated_by).toMatchObject({ type: 'source' })
    expect(event.changes.map(({ to }: { to: { id: string } }) => to.id).sort()).toEqual(idsOf(some))
  })
})

test('open requests are told once of many members that change together', async () => {
  const group = await entra.group()
  await aFlow(admin, { approvers: [{ kind: 'user_group', groupId: group.id, required: 1 }] })
  const waiting = async () =>
    (await app.superuser.execute(sql`select 1 from outbox where kind = 'group_changed' and subject_id = ${group.id}`))
      .length

  await entra.patch(`/Groups/${group.id}`, [{ op: 'add', path: 'members', value: listed(await people(20)) }])
  const afterAdding = await waiting()
  await entra.put(`/Groups/${group.id}`, { displayName: group.displayName })

  expect([afterAdding, await waiting()]).toEqual([1, 2])
})

describe('a group with a connector', () => {
  async function aConnectedGroup() {
    const group = await entra.group()
    await admin.patch(`/user-groups/${group.id}`, { connectorId })
    return group
  }

  test('keeps who is suspended, and its system is not told of them', async () => {
    const [active, suspended] = (await people(2)) as [{ id: string }, { id: string }]
    const { id, displayName } = await aConnectedGroup()
    await entra.patch(`/Users/${suspended.id}`, [{ op: 'replace', path: 'active', value: false }])
    told.length = 0

    const put = await entra.put(`/Groups/${id}`, { displayName, members: listed([active, suspended]) })

    expect(put).toMatchObject({ status: 200 })
    expect(await membersOf(id)).toEqual(idsOf([active, suspended]))
    expect(told).toEqual([`membership.added ${active.id}`])
  })

  test('is changed at the connected system first, person by person', async () => {
    const some = await people(3)
    const { id, displayName } = await aConnectedGroup()
    told.length = 0

    const put = await entra.put(`/Groups/${id}`, { displayName, members: listed(some) })
    await entra.patch(`/Groups/${id}`, [{ op: 'remove', path: `members[value eq "${some[0].id}"]` }])

    expect(put).toMatchObject({ status: 200 })
    expect(
      told
        .slice(0, 3)
        .map((one) => one.split(' ')[1] ?? '')
        .sort(),
    ).toEqual(idsOf(some))
    expect(told[3]).toContain(some[0].id)
    expect(await membersOf(id)).toEqual(idsOf(some.slice(1)))
  })

  test('that does not answer keeps what was done, says so, and is gone on with by the same call', async () => {
    const some = await people(2)
    const { id, displayName } = await aConnectedGroup()
    await entra.put(`/Groups/${id}`, { displayName, members: listed(some.slice(0, 1)) })

    targetStatus = 503
    const refused = await entra.put(`/Groups/${id}`, { displayName, members: listed(some) })
    const then = await membersOf(id)
    targetStatus = 200
    const done = await entra.put(`/Groups/${id}`, { displayName, members: listed(some) })

    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBeTruthy()
    expect(then).toEqual([some[0].id])
    expect(done.status).toBe(200)
    expect(await membersOf(id)).toEqual(idsOf(some))
  })

  test('that does not answer keeps nobody from leaving: it is told when it does', async () => {
    const some = await people(1)
    const { id, displayName } = await aConnectedGroup()
    await entra.put(`/Groups/${id}`, { displayName, members: listed(some) })

    targetStatus = 503
    const left = await entra.delete(`/Users/${some[0].id}`)
    targetStatus = 200
    await app.modules.memberships.provisioning.settleSystem(connectorId, () => undefined)

    expect(left.status).toBe(204)
    expect((await admin.get(`/users/${some[0].id}`)).body.state).toBe('suspended')
    expect(await membersOf(id)).toEqual([])
    expect(told.at(-1)).toBe(`membership.removed ${some[0].id}`)
  })
})

describe('a group that is deleted at its source', () => {
  test('is gone where nothing needs it', async () => {
    const group = await entra.group({ members: listed(await people(1)) })

    expect((await entra.delete(`/Groups/${group.id}`)).status).toBe(204)
    expect((await entra.get(`/Groups/${group.id}`)).status).toBe(404)
    expect((await admin.get(`/user-groups/${group.id}`)).status).toBe(404)
  })

  test('stays where a flow gives it: without its direct members, kept here, gone for the source until it makes it again', async () => {
    const [some, externalId] = [await people(2), unique('ext')]
    const group = await entra.group({ members: listed(some), externalId })
    const flow = await aFlow(admin, { groupId: group.id })
    const found = async () => {
      const filter = encodeURIComponent(`displayName eq "${group.displayName}"`)
      return (await entra.get(`/Groups?filter=${filter}`)).body.totalResults
    }

    const deleted = await entra.delete(`/Groups/${group.id}`)
    const kept = (await admin.get(`/user-groups/${group.id}`)).body
    const unseen = [(await entra.get(`/Groups/${group.id}`)).status, (await entra.delete(`/Groups/${group.id}`)).status]
    const [before, seenByOthers] = [await found(), (await okta.get(`/Groups/${group.id}`)).status]
    const again = await entra.post('/Groups', {
      displayName: group.displayName.toUpperCase(),
      externalId,
      members: listed(some),
    })
    const regained = (await admin.get(`/user-groups/${group.id}`)).body
    const events = (await admin.get('/directory-insights/events?eventType=user_group_update')).body.items

    expect(deleted.status).toBe(204)
    expect(kept).toMatchObject({ name: group.displayName, managedBy: null, memberCount: 0 })
    expect([unseen, before, seenByOthers, await found()]).toEqual([[404, 404], 0, 200, 1])
    expect(again).toMatchObject({ status: 201, body: { id: group.id, externalId } })
    expect(regained).toMatchObject({ managedBy: { name: 'Entra' }, memberCount: 2 })
    expect((await admin.get(`/approval-flows/${flow.id}`)).body.groupId).toBe(group.id)
    expect(JSON.stringify(events.map(({ changes }: { changes: unknown }) => changes))).toContain(flow.name)
  })

  test('stays under access that is open: who has it keeps it, until it ends', async () => {
    const group = await entra.group({ members: listed(await people(1)) })
    const [user, made] = [await aUser(admin), await aFlow(admin, { groupId: group.id })]
    const grant = await aGrantRow(app.db, { flow: { id: made.id, name: made.name, groupId: group.id }, user })

    expect((await entra.delete(`/Groups/${group.id}`)).status).toBe(204)

    const { items } = (await admin.get(`/user-groups/${group.id}/members`)).body
    expect(items).toMatchObject([{ id: user.id, direct: false, grantIds: [grant.id] }])
    const active = (await admin.get(`/grants?state=active&userId=${user.id}`)).body.items
    expect(active).toMatchObject([{ id: grant.id, endedAt: null }])
  })
})

test('a group that nobody manages becomes that of the source that changes it; its name is one group', async () => {
  const free = await aGroup(admin)

  const taken = await entra.post('/Groups', { displayName: free.name.toUpperCase() })
  const renamed = await entra.put(`/Groups/${free.id}`, { displayName: `${free.name} there`, externalId: 'x1' })

  expect(taken).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } })
  expect(renamed).toMatchObject({ status: 200, body: { displayName: `${free.name} there`, externalId: 'x1' } })
  expect((await admin.get(`/user-groups/${free.id}`)).body.managedBy).toMatchObject({ name: 'Entra' })
})
