import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { users } from '../../src/features/directory/users/users.table.ts'
import { settings } from '../../src/features/settings/settings.table.ts'
import { type Database, openDatabase } from '../../src/platform/db/client.ts'
import {
  claimDueMails,
  mailIdOf,
  markMailsSent,
  putMailsOff,
  queueMails,
} from '../../src/platform/mail/mail.repository.ts'
import { mails } from '../../src/platform/mail/mail.table.ts'
import { mailKinds, securityMailKinds } from '../../src/platform/mail/mail.types.ts'
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
const claim = async (limit = 10, leaseMs = 30_000) =>
  (await claimDueMails(database.db, users, { limit, leaseMs, except: [] })).mails

test('one event gives one mail, however often it is queued', async () => {
  await queueMails(database.db, [aMail({ key: 'once' }), aMail({ key: 'once' }), aMail({ key: 'other' })])
  await queueMails(database.db, [aMail({ key: 'once' })])

  expect((await all()).map(({ id }) => id).sort()).toEqual(['once', 'other'].map(mailIdOf).sort())
})

test('the id of a mail is always the same for its key, also as the migration makes it', async () => {
  const key = '019a0000-0000-7000-8000-000000000001:review:request_submitted:Zoë'
  const [made] = await database.db.execute<{ id: string }>(sql`
    select encode(set_byte(set_byte(hash, 6, (get_byte(hash, 6) & 15) | 128), 8, (get_byte(hash, 8) & 63) | 128), 'hex')::uuid as id
    from (select substring(sha256(convert_to(${key}, 'UTF8')) from 1 for 16) as hash) as hashed`)

  expect(mailIdOf(key)).toBe(made?.id)
  expect(mailIdOf(key)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(mailIdOf(`${key}.`)).not.toBe(mailIdOf(key))
})

test('a mail that was sent is not queued again', async () => {
  await queueMails(database.db, [aMail({ key: 'sent' })])
  const [mail] = await claim()
  await markMailsSent(database.db, [mail?.id ?? ''])

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
    await putMailsOff(database.db, [mail?.id ?? ''], '451 not now')
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

test('daily mails are due at the next morning where their reader is, weekly ones on a Monday, and none is queued that nobody wants', async () => {
  const [reader] = await database.db
    .insert(users)
    .values({
      name: 'Ana Ruiz',
      email: 'ana@example.test',
      timeZone: 'Asia/Kolkata',
      mailTimings: { request_denied: 'daily', request_expired: 'weekly', request_submitted: 'none' },
    })
    .returning()
  const kinds = ['request_denied', 'request_expired', 'request_submitted', 'request_approved', 'token_created'] as const

  await queueMails(
    database.db,
    kinds.map((kind) => aMail({ kind, personId: reader?.id ?? '' })),
  )

  const due = await database.db.execute<{ kind: string; at: string; waits: boolean; is_soon: boolean }>(sql`
    select kind, to_char(next_attempt_at at time zone 'Asia/Kolkata', 'HH24:MI') as at, next_attempt_at > now() as waits,
      next_attempt_at <= now() + interval '7 days' as is_soon,
      extract(isodow from next_attempt_at at time zone 'Asia/Kolkata')::int as day from mails order by kind`)
  expect([...due]).toMatchObject([
    { kind: 'request_approved', waits: false },
    { kind: 'request_denied', waits: true, at: '08:00' },
    { kind: 'request_expired', waits: true, at: '08:00', day: 1, is_soon: true },
    { kind: 'token_created', waits: false },
  ])
  await database.db.delete(users)
})

test('the mails of one kind that a person waits for are claimed together, whatever the limit', async () => {
  const personId = '019a0000-0000-7000-8000-0000000000a1'
  await queueMails(
    database.db,
    Array.from({ length: 12 }, () => aMail({ kind: 'review_requested_approver', personId })),
  )

  expect(await claim(1)).toHaveLength(12)
})

test('what is held back is put off until the time is over, and its try does not count', async () => {
  const personId = '019a0000-0000-7000-8000-0000000000a1'
  const gather = () => claimDueMails(database.db, users, { limit: 4, leaseMs: 30_000, except: [], gatherMs: 60_000 })
  const asks = (key: string) => aMail({ kind: 'missing_data', personId, key })
  await queueMails(database.db, [asks('first')])
  await gather()

  await queueMails(database.db, [asks('held')])
  const { mails: claimed, heldForMs } = await gather()

  expect(claimed).toEqual([])
  expect(heldForMs).toBeGreaterThan(30_000)
  expect(await all()).toContainEqual(expect.objectContaining({ id: mailIdOf('held'), attempts: 0 }))
})

test('a mail of every kind goes to the address that its person has when it is sent, also when it was put off before', async () => {
  const old = 'shared@example.test'
  const [person] = await database.db.insert(users).values({ id: randomUUID(), name: 'Rita', email: old }).returning()
  const { id: personId } = person as typeof users.$inferSelect
  await queueMails(
    database.db,
    mailKinds.map((kind) => aMail({ kind, personId, email: old })),
  )
  const first = await claim(100)
  await putMailsOff(
    database.db,
    first.map(({ id }) => id),
    '451 not now',
  )

  await database.db.update(users).set({ email: 'moved@example.test' }).where(eq(users.id, personId))
  await database.db.insert(users).values({ id: randomUUID(), name: 'Newcomer', email: old })
  await database.db.update(mails).set({ nextAttemptAt: sql`now()` })
  const again = await claim(100)

  expect(again.map(({ kind }) => kind).sort()).toEqual([...mailKinds].sort())
  expect(again.filter(({ recipientEmail }) => recipientEmail !== 'moved@example.test')).toEqual([])
})
