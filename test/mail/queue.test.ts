import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { users } from '../../src/features/directory/users/users.table.ts'
import { settings } from '../../src/features/settings/settings.table.ts'
import { type Database, openDatabase } from '../../src/platform/db/client.ts'
import { claimDueMails, markMailSent, putMailOff, queueMails } from '../../src/platform/mail/mail.repository.ts'
import { mails } from '../../src/platform/mail/mail.table.ts'
import { securityMailKinds } from '../../src/platform/mail/mail.types.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { aMail, aMailRequest } from './builders.ts'

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
  await database.db.delete(mails)
  await database.db.delete(settings)
})

const all = () => database.db.select().from(mails)
const claim = (limit = 10, leaseMs = 30_000) => claimDueMails(database.db, users, { limit, leaseMs, except: [] })

test('one event gives one mail, however often it is queued', async () => {
  await queueMails(database.db, [aMail({ key: 'once' }), aMail({ key: 'once' }), aMail({ key: 'other' })])
  await queueMails(database.db, [aMail({ key: 'once' })])

  expect((await all()).map(({ key }) => key).sort()).toEqual(['once', 'other'])
})

test('a mail that was sent is not queued again', async () => {
  await queueMails(database.db, [aMail({ key: 'sent' })])
  const [mail] = await claim()
  await markMailSent(database.db, mail?.id ?? '')

  await queueMails(database.db, [aMail({ key: 'sent' })])

  expect(await all()).toMatchObject([{ state: 'sent', lastError: null }])
})

test('kinds that are switched off in Settings are left out, the others are not', async () => {
  await database.db.insert(settings).values({ mails: { request_submitted: false, request_denied: true } })

  await queueMails(database.db, [
    aMail({ kind: 'request_submitted' }),
    aMail({ kind: 'request_denied' }),
    aMail({ kind: 'request_expired' }),
  ])

  expect((await all()).map(({ kind }) => kind).sort()).toEqual(['request_denied', 'request_expired'])
})

test('what people hear about their own account is sent whatever the settings say', async () => {
  const off = Object.fromEntries(securityMailKinds.map((kind) => [kind, false]))
  await database.db.insert(settings).values({ mails: off })

  await queueMails(
    database.db,
    securityMailKinds.map((kind) => aMail({ kind })),
  )

  expect((await all()).map(({ kind }) => kind).sort()).toEqual([...securityMailKinds].sort())
})

test('mail of a transaction that is undone is never sent, and wakes nobody', async () => {
  const undone = database.db.transaction(async (tx) => {
    await queueMails(tx, [aMail()])
    throw new Error('undone')
  })

  await expect(undone).rejects.toThrow('undone')
  expect(await all()).toEqual([])
})

test('text that a database refuses does not undo the event it tells of', async () => {
  const request = aMailRequest({ reason: 'nul \0 and half \ud83d a key' })

  await queueMails(database.db, [aMail({ name: 'A\0na', data: { request, approvers: null } })])

  expect(await all()).toMatchObject([
    { recipientName: 'Ana', data: { request: { reason: 'nul  and half \ufffd a key' } } },
  ])
})

test('two dispatchers never hold the same mail', async () => {
  await queueMails(
    database.db,
    Array.from({ length: 40 }, () => aMail()),
  )

  const claims = await Promise.all(Array.from({ length: 8 }, () => claim(5)))

  const ids = claims.flat().map(({ id }) => id)
  expect(ids).toHaveLength(40)
  expect(new Set(ids).size).toBe(40)
})

test('the mail of a dispatcher that died is due again when its lease ends', async () => {
  await queueMails(database.db, [aMail()])
  const [held] = await claim(1, 150)

  expect(await claim()).toEqual([])
  await new Promise((resolve) => setTimeout(resolve, 200))

  expect(await claim()).toMatchObject([{ id: held?.id, attempts: 2 }])
})

test('a mail that was put off waits 1 s, 2 s, 4 s and never longer than 5 minutes', async () => {
  await queueMails(database.db, [aMail()])
  const [mail] = await claim()
  const waitAfter = async (attempts: number) => {
    await database.db
      .update(mails)
      .set({ attempts })
      .where(eq(mails.id, mail?.id ?? ''))
    await putMailOff(database.db, mail?.id ?? '', '451 not now')
    const [row] = await database.db.execute<{ seconds: number }>(
      sql`select round(extract(epoch from next_attempt_at - now()))::int as seconds from mails`,
    )
    return row?.seconds
  }

  expect(await waitAfter(1)).toBe(1)
  expect(await waitAfter(2)).toBe(2)
  expect(await waitAfter(3)).toBe(4)
  expect(await waitAfter(500)).toBe(300)
  expect(await all()).toMatchObject([{ state: 'queued', lastError: '451 not now' }])
})

test('due mail is found by its index', async () => {
  await queueMails(database.db, [aMail()])

  const plan = await database.db.transaction(async (tx) => {
    await tx.execute(sql`set local enable_seqscan = off`)
    return tx.execute(
      sql`explain select id from mails where state = 'queued' and next_attempt_at <= now() order by next_attempt_at, id limit 4`,
    )
  })

  expect(JSON.stringify(plan)).toContain('mails_due')
})
