/** People as Active Directory has them: ids as bytes, disabled accounts by a bit, changes by a number. */
import { Attribute, Change } from 'ldapts'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listRuns } from '../../src/features/directory/ldap/ldap.repository.ts'
import type { RunResult } from '../../src/features/directory/ldap/ldap.schemas.ts'
import { ldapSettings } from '../../src/features/directory/ldap/ldap.settings.ts'
import { peopleSources } from '../../src/features/directory/sources/sources.table.ts'
import { users } from '../../src/features/directory/users/users.table.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import { entry, groupsBase, peopleBase, reader, type Slapd, startSlapd } from '../support/slapd.ts'

const dnOf = (name: string) => `cn=${name},${peopleBase}`
/** The bytes of `00112233-4455-6677-8899-aabbccddeeNN`, as the server has them. */
const guid = (last: string) => Buffer.from(`33221100554477668899aabbccddee${last}`, 'hex')

function person(name: string, last: string, more: Record<string, string> = {}): string {
  return entry(dnOf(name), {
    objectClass: ['inetOrgPerson', 'user'],
    cn: name,
    sn: name,
    mail: `${name}@ad.test`,
    objectGUID: guid(last),
    userAccountControl: '512',
    uSNChanged: '100',
    ...more,
  })
}

let app: TestApp
let server: Slapd
let sourceId: string

beforeAll(async () => {
  app = await startTestApp()
  server = await startSlapd(
    [
      person('mona', '01', { title: 'Head', department: 'Sales' }),
      person('ada', '02', { manager: dnOf('mona'), department: 'Sales' }),
      person('gone', '03', { userAccountControl: '514' }),
      entry(`cn=Sellers,${groupsBase}`, {
        objectClass: ['groupOfNames', 'user'],
        cn: 'Sellers',
        member: [dnOf('mona'), dnOf('ada')],
        objectGUID: guid('f0'),
        uSNChanged: '100',
      }),
    ].join('\n'),
  )
  const admin = await app.signIn()
  const settings = ldapSettings.parse({
    directory: 'active_directory',
    url: server.url,
    bindDn: reader.dn,
    peopleBase,
    groupsBase,
    // The usual ones name classes that only the original has.
    peopleFilter: '(&(objectClass=inetOrgPerson)(objectClass=user))',
    groupsFilter: '(objectClass=groupOfNames)',
  })
  const config = { settings, setUpBy: (await admin.get('/me')).body.user.id }
  const row = { name: 'AD', kind: 'ldap' as const, secret: app.secretBox.seal(reader.password), config }
  const [made] = await app.db.insert(peopleSources).values(row).returning()
  sourceId = made?.id ?? ''
})
afterAll(async () => {
  await server?.stop()
  await app?.close()
})

async function run(mode: 'full' | 'changes') {
  await app.modules.directory.ldapSync.run({ runId: uuidv7(), sourceId, mode, isDryRun: false, isConfirmed: false })
  const [last] = await listRuns(app.db, sourceId, 1)
  return last?.result as RunResult
}
const modify = (dn: string, changes: Record<string, string>) =>
  server.client.modify(
    dn,
    Object.entries(changes).map(
      ([type, value]) => new Change({ operation: 'replace', modification: new Attribute({ type, values: [value] }) }),
    ),
  )

async function people() {
  const { name, email, state, department, externalId, former } = users
  const rows = await app.db.select({ name, email, state, department, externalId, former }).from(users)
  return rows.filter((row) => row.email.endsWith('@ad.test')).sort((a, b) => a.email.localeCompare(b.email))
}

test('are known by their id, and are suspended where their account is disabled', async () => {
  expect(await run('full')).toMatchObject({ created: 3, groups: { read: 1 } })

  expect(await people()).toMatchObject([
    {
      name: 'ada',
      email: 'ada@ad.test',
      state: 'activated',
      department: 'Sales',
      externalId: '00112233-4455-6677-8899-aabbccddee02',
    },
    {
      name: 'gone',
      email: 'gone@ad.test',
      state: 'suspended',
      department: null,
      externalId: '00112233-4455-6677-8899-aabbccddee03',
    },
    {
      name: 'mona',
      email: 'mona@ad.test',
      state: 'activated',
      department: 'Sales',
      externalId: '00112233-4455-6677-8899-aabbccddee01',
    },
  ])
})

test('are read again where the number of the change is higher, under another name and address as well', async () => {
  await modify(dnOf('mona'), { department: 'Not to be read' })
  await modify(dnOf('ada'), {
    mail: 'ada.king@ad.test',
    displayName: 'Ada King',
    userAccountControl: '66050',
    uSNChanged: '101',
  })
  await server.client.modifyDN(dnOf('ada'), `cn=ada king,${peopleBase}`)

  expect(await run('changes')).toMatchObject({ created: 0, changed: 1 })

  expect(await people()).toMatchObject([
    {
      name: 'Ada King',
      email: 'ada.king@ad.test',
      state: 'suspended',
      externalId: '00112233-4455-6677-8899-aabbccddee02',
    },
    { email: 'gone@ad.test' },
    { email: 'mona@ad.test', department: 'Sales' },
  ])
})

test('may swap their addresses, and hand them on to somebody new', async () => {
  await modify(dnOf('mona'), { mail: 'gone@ad.test', uSNChanged: '102' })
  await modify(dnOf('gone'), { mail: 'Mona@ad.test', displayName: 'Was Gone', uSNChanged: '103' })
  await modify(`cn=ada king,${peopleBase}`, { mail: 'ada.other@ad.test', uSNChanged: '104' })
  const raw = (value: Buffer) => new Attribute({ type: 'objectGUID', values: [value] })
  await server.client.add(dnOf('new'), [
    ...Object.entries({ objectClass: ['inetOrgPerson', 'user'], sn: 'new', mail: 'ada.king@ad.test' }).map(
      ([type, values]) => new Attribute({ type, values: [values].flat() }),
    ),
    ...[raw(guid('04')), new Attribute({ type: 'userAccountControl', values: ['512'] })],
    new Attribute({ type: 'uSNChanged', values: ['105'] }),
  ])

  expect(await run('changes')).toMatchObject({ created: 1, changed: 3, refused: [] })

  expect(await people()).toMatchObject([
    { email: 'ada.king@ad.test', name: 'new' },
    { email: 'ada.other@ad.test', name: 'Ada King', former: 'ada.king@ad.test ada ada@ad.test' },
    { email: 'gone@ad.test', name: 'mona', former: 'mona@ad.test' },
    { email: 'Mona@ad.test', name: 'Was Gone', former: 'gone gone@ad.test' },
  ])
})

test.each([
  ['(mail=*)', true],
  ['(&(mail=*)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))', true],
  ['()', false],
  ['()x(mail=*)', false],
  ['(&(mail=*)(|))', false],
  ['(&(mail=*)', false],
  ['(mail=*)(cn=*)', false],
  ['mail=*', false],
])('%s is taken as a filter: %s', (filter, isTaken) => {
  const settings = { directory: 'openldap', url: 'ldaps://ldap.company.test', bindDn: 'cn=x', peopleBase: 'dc=x' }

  expect(ldapSettings.safeParse({ ...settings, peopleFilter: filter }).success).toBe(isTaken)
  expect(ldapSettings.safeParse({ ...settings, groupsFilter: filter }).success).toBe(isTaken)
})
