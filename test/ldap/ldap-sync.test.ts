/** People and groups of a real directory server (slapd): read page by page, planned, and written in one transaction. */
import { Attribute, Change } from 'ldapts'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listRuns } from '../../src/features/directory/ldap/ldap.repository.ts'
import type { RunResult } from '../../src/features/directory/ldap/ldap.schemas.ts'
import type { LdapSettings } from '../../src/features/directory/ldap/ldap.settings.ts'
import { ldapSettings } from '../../src/features/directory/ldap/ldap.settings.ts'
import { peopleSources } from '../../src/features/directory/sources/sources.table.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aGroup, aUser, unique } from '../support/directory.ts'
import { entry, groupsBase, peopleBase, reader, type Slapd, startSlapd } from '../support/slapd.ts'
import { startTcpProxy } from '../support/tcp-proxy.ts'

/** Long ago, the groups last, so that what a test changes is what has changed. */
const [old, less] = ['20190101000000Z', '20200101000000Z']
const dnOf = (uid: string) => `uid=${uid},${peopleBase}`

function person(uid: string, more: Record<string, string> = {}): string {
  return entry(dnOf(uid), {
    objectClass: ['inetOrgPerson'],
    uid,
    cn: `Person ${uid}`,
    sn: uid,
    mail: `${uid}@company.test`,
    modifyTimestamp: old,
    ...more,
  })
}

function group(cn: string, uids: readonly string[]): string {
  return entry(`cn=${cn},${groupsBase}`, {
    objectClass: ['groupOfNames'],
    cn,
    member: uids.map(dnOf),
    modifyTimestamp: less,
  })
}

let app: TestApp
let admin: Client
let adminId: string
let server: Slapd

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
  adminId = (await admin.get('/me')).body.user.id
})
afterAll(() => app.close())

async function aSource(more: Partial<LdapSettings> = {}) {
  const settings = ldapSettings.parse({
    directory: 'openldap',
    url: server.url,
    bindDn: reader.dn,
    peopleBase,
    groupsBase,
    ...more,
  })
  const row = { name: unique('Directory'), kind: 'ldap' as const, secret: app.secretBox.seal(reader.password) }
  const [made] = await app.db
    .insert(peopleSources)
    .values({ ...row, config: { settings, setUpBy: adminId } })
    .returning()
  return made?.id ?? ''
}

async function run(sourceId: string, more: object = {}) {
  const run = { runId: uuidv7(), sourceId, mode: 'changes' as const, isDryRun: false, isConfirmed: false, ...more }
  const { ldapSync } = app.modules.directory
  // As the workflow does.
  await ldapSync.run(run).catch(async (error: Error) => {
    await ldapSync.fail(run, error.message)
    throw error
  })
  const [last] = await listRuns(app.db, sourceId, 1)
  return { ...last, result: last?.result as RunResult }
}
const find = async (uid: string) => (await admin.get(`/users?q=${uid}%40company.test`)).body.items[0]
const everybody = async () => (await admin.get('/users?q=company.test&limit=200')).body.items
const modify = (dn: string, changes: Record<string, string | string[]>) =>
  server.client.modify(
    dn,
    Object.entries(changes).map(
      ([type, values]) =>
        new Change({ operation: 'replace', modification: new Attribute({ type, values: [values].flat() }) }),
    ),
  )

describe('a company of five', () => {
  beforeAll(async () => {
    server = await startSlapd(
      [
        person('boss', { title: 'Chief', displayName: 'The Boss' }),
        person('ada', { manager: dnOf('boss'), departmentNumber: 'Sales' }),
        person('ben', { manager: `UID=Boss, ${peopleBase}`, ou: 'Support' }),
        person('cleo', { manager: `uid=outside,dc=other`, pwdAccountLockedTime: '000001010000Z' }),
        person('dan'),
        group('Sellers', ['ada', 'ben']),
      ].join('\n'),
    )
  })
  afterAll(() => server.stop())

  let sourceId: string

  test('is looked at first, and nothing is written', async () => {
    sourceId = await aSource()

    const { outcome, result } = await run(sourceId, { isDryRun: true })

    expect([outcome, result.created, result.groups.read]).toEqual(['done', 5, 1])
    expect(result.lines).toContainEqual(
      expect.objectContaining({
        email: 'ada@company.test',
        outcome: 'created',
        changes: expect.arrayContaining([{ field: 'manager', from: null, to: 'The Boss' }]),
      }),
    )
    expect(await everybody()).toEqual([])
  })

  test('comes in with managers, groups and states, each with an entry by the source', async () => {
    const { result, mode } = await run(sourceId)

    expect([mode, result.created, result.left]).toEqual(['full', 5, 0])
    expect(await find('ada')).toMatchObject({
      name: 'Person ada',
      department: 'Sales',
      state: 'activated',
      manager: { name: 'The Boss' },
      managedBy: { id: sourceId, kind: 'ldap' },
    })
    expect(await find('ben')).toMatchObject({ department: 'Support', manager: { name: 'The Boss' } })
    expect(await find('boss')).toMatchObject({ jobTitle: 'Chief', managerId: null })
    expect(await find('cleo')).toMatchObject({ state: 'suspended', managerId: null })
    const { body } = await admin.get('/user-groups?q=Sellers')
    expect(body.items).toMatchObject([{ name: 'Sellers', memberCount: 2, managedBy: { id: sourceId } }])
    const events = await admin.get('/directory-insights/events?eventType=user_create&limit=50')
    const by = events.body.items.filter((one: { initiated_by: { id: string } }) => one.initiated_by.id === sourceId)
    expect(by).toHaveLength(5)
    expect((await app.auditLog.verify(app.db)).fault).toBeNull()
  })

  test('is read again only where it has changed', async () => {
    await modify(dnOf('ada'), { departmentNumber: 'Marketing', manager: dnOf('ben') })
    await modify(`cn=Sellers,${groupsBase}`, { member: [dnOf('ada'), dnOf('dan')] })

    const { mode, result } = await run(sourceId)

    expect([mode, result.read, result.changed, result.left]).toEqual(['changes', 2, 1, 0])
    expect(result.groups).toMatchObject({ added: 1, removed: 1 })
    expect(await find('ada')).toMatchObject({ department: 'Marketing', manager: { name: 'Person ben' } })
    const { body } = await admin.get('/user-groups?q=Sellers')
    const members = await admin.get(`/user-groups/${body.items[0].id}/members`)
    expect(members.body.items.map(({ name }: { name: string }) => name)).toEqual(['Person ada', 'Person dan'])
  })

  test('is renamed and moved without anybody being lost', async () => {
    const before = await find('ada')
    await modify(dnOf('ada'), { mail: 'ada.new@company.test', cn: 'Ada New' })
    await server.client.modifyDN(dnOf('ada'), `uid=ada2,${peopleBase}`)
    await modify(`cn=Sellers,${groupsBase}`, { member: [dnOf('ada2'), dnOf('dan')] })

    await run(sourceId)

    expect((await admin.get(`/users/${before.id}`)).body).toMatchObject({
      name: 'Ada New',
      email: 'ada.new@company.test',
    })
  })

  test('loses whoever is gone from it, once everything is read', async () => {
    await server.client.del(dnOf('dan'))

    const changes = await run(sourceId)
    const stillThere = await find('dan')
    const full = await run(sourceId, { mode: 'full' })

    expect([changes.result.left, stillThere.state]).toEqual([0, 'activated'])
    expect(full.result.left).toBe(1)
    expect(await find('dan')).toMatchObject({ state: 'suspended' })
    expect((await admin.get('/user-groups?q=Sellers')).body.items).toMatchObject([{ memberCount: 1 }])
  })

  test('leaves whom somebody has suspended here', async () => {
    const ben = await find('ben')
    await admin.patch(`/users/${ben.id}`, { state: 'suspended' })

    await run(sourceId, { mode: 'full' })
    expect(await find('ben')).toMatchObject({ state: 'suspended' })
  })

  test('does not activate them by losing them and having them again: that is done here', async () => {
    const { id } = await find('ben')
    const activate = () => admin.patch(`/users/${id}`, { state: 'activated' })
    await server.client.modifyDN(dnOf('ben'), `uid=ben,${groupsBase}`)
    const gone = await run(sourceId, { mode: 'full' })
    const meanwhile = await activate()
    await server.client.modifyDN(`uid=ben,${groupsBase}`, dnOf('ben'))

    const back = await run(sourceId, { mode: 'full' })
    const { state } = await find('ben')
    const activated = await activate()
    const after = await run(sourceId, { mode: 'full' })

    expect([gone.result.left, back.result.changed, state, after.result.changed]).toEqual([1, 1, 'suspended', 0])
    expect([meanwhile.status, activated.status, (await find('ben')).state]).toEqual([409, 200, 'activated'])
  })

  test('takes over who was here under the address, and nobody of another source', async () => {
    const here = await aUser(admin, { name: 'Typed by hand', email: 'eve@company.test' })
    await server.client.add(dnOf('eve'), {
      objectClass: 'inetOrgPerson',
      cn: 'Eve',
      sn: 'Eve',
      mail: 'EVE@company.test',
    })

    const { result } = await run(sourceId)
    const other = await run(await aSource())

    expect(result.changed).toBe(1)
    expect((await admin.get(`/users/${here.id}`)).body).toMatchObject({ name: 'Eve', managedBy: { id: sourceId } })
    expect(other.result.created).toBe(0)
    expect(other.result.refused).toContainEqual(expect.objectContaining({ code: 'managed_elsewhere' }))
  })

  test('names whom it cannot take, and takes the others', async () => {
    await server.client.add(dnOf('flo'), { objectClass: 'inetOrgPerson', cn: 'Flo', sn: 'Flo', mail: 'no address' })
    await server.client.add(dnOf('gus'), {
      objectClass: 'inetOrgPerson',
      cn: 'Gus',
      sn: 'Gus',
      mail: 'gus@company.test',
      manager: dnOf('flo'),
    })
    const taken = await aGroup(admin)
    await server.client.add(`cn=${taken.name},${groupsBase}`, { objectClass: 'groupOfNames', member: dnOf('gus') })

    const { result, outcome } = await run(sourceId)

    expect([outcome, result.created]).toEqual(['done', 1])
    expect(result.refused).toMatchObject([{ path: 'email', code: 'invalid_format', dn: dnOf('flo') }])
    expect(result.notes).toEqual([`The group “${taken.name}” was left out: another group has its name.`])
    expect(await find('gus')).toMatchObject({ managerId: null })
  })

  test('refuses a loop of managers and keeps those who are in it as they are', async () => {
    await modify(dnOf('boss'), { manager: dnOf('ben') })

    const { result } = await run(sourceId)

    expect(result.refused).toContainEqual(expect.objectContaining({ code: 'manager_loop', email: 'boss@company.test' }))
    expect(await find('boss')).toMatchObject({ managerId: null })
  })
})

describe('people who are disabled at the server', () => {
  const wrong = {
    own: { manager: dnOf('own') },
    loop1: { manager: dnOf('loop2') },
    loop2: { manager: dnOf('loop1') },
    taken: { mail: 'here@company.test' },
    mail: { mail: 'no address' },
    long: { cn: 'x'.repeat(250) },
  }
  const uids = Object.keys(wrong)

  beforeAll(async () => {
    server = await startSlapd(uids.map((uid) => person(uid)).join('\n'))
    await aUser(admin, { email: 'here@company.test' })
  })
  afterAll(() => server.stop())

  test('are suspended whatever else of their entry is refused, and that is named', async () => {
    const sourceId = await aSource()
    await run(sourceId)
    for (const [uid, changes] of Object.entries(wrong))
      await modify(dnOf(uid), { ...changes, pwdAccountLockedTime: '000001010000Z' })

    const { result } = await run(sourceId)
    const people = await Promise.all(uids.map(find))

    expect(people.map(({ state }) => state)).toEqual(uids.map(() => 'suspended'))
    expect(people).toMatchObject(uids.map((uid) => ({ name: `Person ${uid}`, managerId: null })))
    expect(result.changed).toBe(uids.length)
    expect(result.refused.map(({ path, code }) => [path, code])).toEqual(
      expect.arrayContaining([
        ['managerEmail', 'own_manager'],
        ['managerEmail', 'manager_loop'],
        ['email', 'taken'],
        ['email', 'invalid_format'],
        ['name', 'too_long'],
      ]),
    )
    expect(result.refused).toHaveLength(uids.length)
  })
})

describe('a server that cannot be read', () => {
  beforeAll(async () => {
    server = await startSlapd(person('ada'))
  })
  afterAll(() => server.stop())

  const failure = (sourceId: string) =>
    run(sourceId).then(
      () => 'read',
      (error: Error) => error.message,
    )

  test('says why', async () => {
    const other = await aSource({ peopleBase: 'dc=nowhere' })
    const away = await aSource({ url: 'ldap://127.0.0.1:1' })
    const untrusted = await aSource({ bindDn: 'cn=somebody,dc=example,dc=test' })

    expect(await failure(away)).toBe('The directory server was not read: nothing listens at that address.')
    expect(await failure(untrusted)).toContain('it does not accept the bind DN and password')
    expect(await failure(other)).toContain('it says')
  })

  test.each([
    ['ldap://ldap.company.test', false],
    ['ldap://10.0.0.7', false],
    ['http://ldap.company.test', false],
    ['ldaps://me@ldap.company.test', false],
    ['ldaps://ldap.company.test', true],
    ['ldap://127.0.0.1:389', true],
  ])('%s is taken without StartTLS: %s', (url, isTaken) => {
    const settings = { directory: 'openldap', url, bindDn: 'cn=x', peopleBase: 'dc=x' }

    expect(ldapSettings.safeParse(settings).success).toBe(isTaken)
    expect(ldapSettings.safeParse({ ...settings, url: 'ldap://ldap.company.test', startTls: true }).success).toBe(true)
  })
})

describe('a company of 2,000', () => {
  const count = 2000
  const uidOf = (at: number) => `p${String(at).padStart(4, '0')}`

  beforeAll(async () => {
    const people = Array.from({ length: count }, (_, at) =>
      person(uidOf(at), at === 0 ? {} : { manager: dnOf(uidOf(Math.floor((at - 1) / 10))) }),
    )
    const everyone = group(
      'Everyone',
      Array.from({ length: count }, (_, at) => uidOf(at)),
    )
    server = await startSlapd([...people, everyone].join('\n'))
  }, 60_000)
  afterAll(() => server.stop())

  test('is read in pages, though the server gives no more than 600 at once', async () => {
    const { result } = await run(await aSource(), { isDryRun: true })

    expect([result.read, result.created]).toEqual([count + 1, count])
  })

  test('whose server stops in the middle of a page comes in not at all, and whole the next time', async () => {
    const proxy = await startTcpProxy({ host: '127.0.0.1', port: server.port })
    const sourceId = await aSource({ url: `ldap://127.0.0.1:${proxy.port}` })
    proxy.dropAfter(150_000)

    const failure = await run(sourceId).catch((error: Error) => error.message)
    const afterwards = await admin.get('/users?q=p0001%40company.test')
    const { result } = await run(sourceId)
    await proxy.close()

    expect(failure).toContain('it has broken the connection off')
    expect(afterwards.body.items).toEqual([])
    expect([result.created, result.groups.added]).toEqual([count, count])
  })

  test('of which half is gone is held until somebody says that this is right', async () => {
    const { body } = await admin.get('/people-sources')
    const { id } = body.items.find(({ people }: { people: number }) => people === count)
    const half = { peopleFilter: '(&(objectClass=inetOrgPerson)(uid=p0*))' }
    const settings = ldapSettings.parse({
      directory: 'openldap',
      url: server.url,
      bindDn: reader.dn,
      peopleBase,
      ...half,
    })
    await app.db.update(peopleSources).set({ config: { settings, setUpBy: adminId } })

    const held = await run(id, { mode: 'full' })
    const { state } = await find('p1999')
    const confirmed = await run(id, { mode: 'full', isConfirmed: true })

    expect([held.outcome, held.result.left, state]).toEqual(['held', 1000, 'activated'])
    expect(held.error).toContain('1000 of 2000 people would be suspended')
    expect([confirmed.outcome, confirmed.result.left]).toEqual(['done', 1000])
    expect(await find('p1999')).toMatchObject({ state: 'suspended' })
  })
})
