/** Whoever installs the service can sign in, and nobody else: outside the demo no password is known beforehand. */
import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createAuditLog } from '../../src/features/audit/audit.repository.ts'
import { auditEvents } from '../../src/features/audit/audit.table.ts'
import { users } from '../../src/features/directory/users/users.table.ts'
import { ensureAdministrator } from '../../src/main/first-administrator.ts'
import { type Database, openDatabase } from '../../src/platform/db/client.ts'
import { hashPassword, isPasswordOf } from '../../src/platform/secrets/passwords.ts'
import { createSecretBox } from '../../src/platform/secrets/secret-box.ts'
import { createTestDatabase } from '../support/database.ts'

const keyOf = (id: string) => ({ id, key: randomBytes(32) })
const chainKey = keyOf('chain')
const adminEmail = 'root@example.test'
let testDatabase: Awaited<ReturnType<typeof createTestDatabase>>
let database: Database
let keys: ReturnType<typeof keyOf>[]

beforeEach(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url)
  keys = [keyOf('first')]
})
afterEach(async () => {
  await database.close()
  await testDatabase.drop()
})

/** One process that begins. */
function start(adminPassword?: string) {
  const auditLog = createAuditLog({ secretBox: createSecretBox([chainKey]) })
  return ensureAdministrator({ db: database.db, auditLog }, { adminEmail, adminPassword }, keys)
}

async function administrator() {
  const [user] = await database.db.select().from(users).where(eq(users.email, adminEmail))
  return user
}

describe('without ADMIN_PASSWORD', () => {
  test('the first administrator has a password that was made for them, and must choose another one', async () => {
    const signIn = await start()

    const user = await administrator()
    expect(signIn?.password).toMatch(/^[\w-]{20}$/)
    expect(user).toMatchObject({ roles: ['admin'], mustChangePassword: true })
    expect(await isPasswordOf(user?.passwordHash ?? '', signIn?.password ?? '')).toBe(true)
    expect(JSON.stringify(await database.db.select().from(auditEvents))).not.toContain(signIn?.password)
  })

  test('a start that died before anybody read it locks nobody out: the next one tells it again, and so does every process', async () => {
    const [first, second] = await Promise.all([start(), start()])

    expect(first).toEqual(second)
    expect(await start()).toEqual(first)
    expect(await database.db.select().from(users)).toHaveLength(1)
  })

  test('it is told also when the key has changed meanwhile', async () => {
    const first = await start()

    keys.unshift(keyOf('second'))

    expect(await start()).toEqual(first)
  })

  test('it is told no more when another password was chosen', async () => {
    await start()

    const passwordHash = await hashPassword('my own password')
    await database.db.update(users).set({ passwordHash, mustChangePassword: false })
    expect(await start()).toBeUndefined()

    await database.db.update(users).set({ mustChangePassword: true })
    expect(await start()).toBeUndefined()
  })

  test('two installations have different ones, also with the same key', async () => {
    const first = await start()
    await database.db.delete(users)

    expect((await start())?.password).not.toBe(first?.password)
  })

  test('somebody who is there under the address becomes it with the password they have', async () => {
    const passwordHash = await hashPassword('my own password')
    await database.db.insert(users).values({ id: crypto.randomUUID(), name: 'Rut', email: adminEmail, passwordHash })

    expect(await start()).toBeUndefined()
    expect(await administrator()).toMatchObject({ passwordHash, roles: ['admin'], mustChangePassword: false })
  })
})

test('with ADMIN_PASSWORD the first administrator has it, and nothing is told', async () => {
  expect(await start('a password of ours')).toBeUndefined()

  const user = await administrator()
  expect(user?.mustChangePassword).toBe(false)
  expect(await isPasswordOf(user?.passwordHash ?? '', 'a password of ours')).toBe(true)
})
