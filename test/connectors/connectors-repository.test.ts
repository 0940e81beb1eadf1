import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createConnectorRegistry } from '../../src/features/connectors/connector.registry.ts'
import {
  deleteConnector,
  insertConnector,
  listConnectors,
  readConnector,
  updateConnector,
} from '../../src/features/connectors/connectors.repository.ts'
import {
  type CreateConnector,
  createConnectorBody,
  type UpdateConnector,
  updateConnectorBody,
} from '../../src/features/connectors/connectors.schemas.ts'
import { connectors } from '../../src/features/connectors/connectors.table.ts'
import { userGroups } from '../../src/features/directory/groups/groups.table.ts'
import { type Database, openDatabase } from '../../src/platform/db/client.ts'
import { createSecretBox } from '../../src/platform/secrets/secret-box.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { startWebhookTarget } from './webhook-target.ts'

const secretBox = createSecretBox([{ id: 'k1', key: randomBytes(32) }])
let testDatabase: TestDatabase
let database: Database

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url)
})
afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})
beforeEach(async () => {
  await database.db.delete(userGroups)
  await database.db.delete(connectors)
})

const insert = (connector: CreateConnector, allowPrivate = false) =>
  insertConnector(database.db, { secretBox, allowPrivate }, connector)
const read = (id: string) => readConnector(database.db, id)
const list = () => listConnectors(database.db, { limit: 2 })
const update = (id: string, change: UpdateConnector) =>
  updateConnector(database.db, { secretBox, allowPrivate: false }, { ...change, id })
const remove = (id: string) => deleteConnector(database.db, id)
const aConnector = (changes = {}) => ({
  name: 'Payroll',
  kind: 'webhook' as const,
  url: 'https://payroll.example.com/hook',
  ...changes,
})

test('a connector gets a secret that is shown once and kept encrypted', async () => {
  const created = await insert(aConnector())

  expect(created.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  const { secret: _, ...view } = created
  expect(await read(created.id)).toEqual(view)
  expect(await list()).toEqual([view])
  const [row] = await database.db.select().from(connectors)
  expect(row?.secret.toString('latin1')).not.toContain(created.secret.slice(6))
  expect(secretBox.open(row?.secret ?? Buffer.of()).toString()).toBe(created.secret)
})

test('what is changed is changed, and nothing else', async () => {
  const created = await insert(aConnector())

  const renamed = await update(created.id, { name: 'Wages' })

  expect(renamed).toMatchObject({ name: 'Wages', url: created.url, createdAt: created.createdAt })
  const [row] = await database.db.select().from(connectors)
  expect(secretBox.open(row?.secret ?? Buffer.of()).toString()).toBe(created.secret)
})

test('two connectors cannot have the same name, whatever its case', async () => {
  await insert(aConnector())
  const other = await insert(aConnector({ name: 'Other' }))

  await expect(insert(aConnector({ name: 'PAYROLL' }))).rejects.toMatchObject({ code: 'conflict' })
  await expect(update(other.id, { name: 'payroll' })).rejects.toMatchObject({ code: 'conflict' })
})

test('a connector that a group uses cannot be deleted; one that none uses can', async () => {
  const used = await insert(aConnector())
  const unused = await insert(aConnector({ name: 'Other' }))
  await database.db.insert(userGroups).values({ name: 'Payroll', connectorId: used.id })

  await expect(remove(used.id)).rejects.toMatchObject({ code: 'conflict' })
  await remove(unused.id)

  expect((await list()).map(({ name }) => name)).toEqual(['Payroll'])
})

test('a connector that does not exist is not found', async () => {
  const id = '019a0000-0000-7000-8000-000000000001'

  await expect(read(id)).rejects.toMatchObject({ code: 'not_found' })
  await expect(update(id, { name: 'x' })).rejects.toMatchObject({ code: 'not_found' })
  await expect(remove(id)).rejects.toMatchObject({ code: 'not_found' })
})

test('a private target is refused when it is saved, unless the setting allows it', async () => {
  const inside = aConnector({ url: 'http://169.254.169.254/latest' })

  await expect(insert(inside)).rejects.toMatchObject({
    code: 'invalid_input',
    details: { errors: [{ path: 'url' }] },
  })
  await expect(insert(inside, true)).resolves.toMatchObject({ url: inside.url })
})

test('bad input is refused field by field', () => {
  const problems = (body: unknown) =>
    createConnectorBody.safeParse(body).error?.issues.map(({ path, code }) => path.join('.') || code)

  expect(problems(aConnector())).toBeUndefined()
  expect(problems(aConnector({ name: '  ' }))).toEqual(['name'])
  expect(problems(aConnector({ name: 'a\0b' }))).toEqual(['name'])
  expect(problems(aConnector({ url: 'ftp://example.com' }))).toEqual(['url'])
  expect(problems(aConnector({ url: 'https://user:pw@example.com' }))).toEqual(['url'])
  expect(problems(aConnector({ secret: 'hunter2' }))).toEqual(['secret'])
  expect(problems(aConnector({ kind: 'scim' }))).toEqual(['kind'])
  expect(problems(aConnector({ extra: 1 }))).toEqual(['unrecognized_keys'])
  expect(updateConnectorBody.safeParse({}).success).toBe(true)
})

test('the registry finds the local directory, a webhook, and a connector that is gone', async () => {
  const target = await startWebhookTarget()
  const created = await insert(aConnector({ url: target.url }), true)
  const registry = createConnectorRegistry({ db: database.db, secretBox, allowPrivate: true })
  const change = {
    key: 'k',
    user: { id: 'u', name: 'Ana', email: 'ana@example.test' },
    group: { id: 'g', name: 'G' },
    accessRequestId: null,
    grantId: null,
  }

  expect(await registry.connectorFor(null)).toBeNull()
  const connector = await registry.connectorFor(created.id)
  await connector?.addMember(change)
  const [call] = target.calls
  expect(new Webhook(created.secret).verify(call?.body ?? '', call?.headers as Record<string, string>)).toBeTruthy()
  await expect(registry.connectorFor('019a0000-0000-7000-8000-000000000001')).rejects.toMatchObject({
    name: 'ConnectorError',
    retryable: false,
  })

  await registry.close()
  await target.close()
})

test('a secret sealed with a key that is gone is an error a person can act on', async () => {
  const { id } = await insert(aConnector())
  const otherKey = createSecretBox([{ id: 'k2', key: randomBytes(32) }])
  const registry = createConnectorRegistry({ db: database.db, secretBox: otherKey, allowPrivate: false })

  await expect(registry.connectorFor(id)).rejects.toMatchObject({
    retryable: false,
    message: expect.stringContaining('ENCRYPTION_KEY'),
  })
  await registry.close()
})
