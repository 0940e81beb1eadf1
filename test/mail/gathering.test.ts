/** Mails that go out as one or not at all, and whom and how they speak to. */

import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { users } from '../../src/features/directory/users/users.table.ts'
import { settings } from '../../src/features/settings/settings.table.ts'
import { mailIdOf, queueMails } from '../../src/platform/mail/mail.repository.ts'
import { mails } from '../../src/platform/mail/mail.table.ts'
import { aMail, aMailRequest } from './builders.ts'
import { database, dispatch, inState, received, rows, running, server, useDispatching } from './dispatching.ts'
import { startMailServer } from './mail-server.ts'

useDispatching()

const anaId = '019a0000-0000-7000-8000-0000000000a1'
const toAna = (changes: Parameters<typeof aMail>[0] = {}) => aMail({ personId: anaId, ...changes })

const asksAna = (flowName = 'Payroll') =>
  toAna({ kind: 'review_requested_approver', data: { request: aMailRequest({ flowName }), steps: [] } })

test('the first mail that asks somebody goes at once, those that come within the time after it go out as one, each once', async () => {
  dispatch({ gatherMs: 3_000 })
  await queueMails(database.db, [asksAna()])
  await inState('sent')

  await queueMails(
    database.db,
    Array.from({ length: 33 }, (_, count) => asksAna(`Flow ${count}.`)),
  )

  await inState('sent', 34)
  expect(server.received).toHaveLength(2)
  expect(server.received[1]?.subject).toContain('33 ')
  for (let count = 0; count < 33; count += 1) expect(server.received[1]?.text).toContain(`Flow ${count}.`)
  const listed = server.received[1]?.headers.get('x-gatehouse-mails') as string
  expect(new Set(listed.split(/\s+/)).size).toBe(33)
})

test('mails of other kinds and to others wait for nobody', async () => {
  dispatch({ gatherMs: 60_000 })
  await queueMails(database.db, [asksAna()])
  await inState('sent')

  await queueMails(database.db, [toAna({ kind: 'missing_data' }), aMail({ kind: 'review_requested_approver' })])

  await inState('sent', 3)
  expect(server.received).toHaveLength(3)
})

test('whoever asked hears of each request by itself and at once, unless they want a mail a day', async () => {
  dispatch({ gatherMs: 60_000 })
  await database.db
    .insert(users)
    .values({ id: anaId, name: 'Ana Ruiz', email: 'ana@example.test', mailTimings: { request_denied: 'daily' } })

  await queueMails(database.db, [
    toAna(),
    toAna(),
    toAna({ kind: 'request_denied' }),
    toAna({ kind: 'request_denied' }),
  ])
  await received(2)
  await database.db
    .update(mails)
    .set({ nextAttemptAt: new Date().toISOString() })
    .where(eq(mails.kind, 'request_denied'))
  await queueMails(database.db, [aMail({ kind: 'request_expired' })])

  await inState('sent', 5)
  expect(server.received.map(({ subject }) => subject).filter((subject) => subject?.includes('2 '))).toHaveLength(1)
  expect(server.received).toHaveLength(4)
  await database.db.delete(users)
})

test("mails about one's own account go out each by itself, and at once", async () => {
  dispatch({ gatherMs: 60_000 })

  await queueMails(database.db, [toAna({ kind: 'token_created' }), toAna({ kind: 'token_created' })])
  await queueMails(database.db, [toAna({ kind: 'token_created' })])

  await received(3)
  expect(new Set(server.received.map(({ messageId }) => messageId)).size).toBe(3)
})

test('several that waited for the server go out as one on its return, with the same Message-ID when it puts them off', async () => {
  server.refuse(451)
  await queueMails(database.db, [asksAna(), asksAna(), asksAna()])
  dispatch()

  await inState('sent', 3)
  expect(server.asked).toHaveLength(2)
  expect(server.received.map(({ subject }) => subject)).toEqual([expect.stringContaining('3 ')])
})

test('a mail that nobody needs any more when its turn comes is not sent, and may be queued anew', async () => {
  await queueMails(database.db, [toAna({ key: 'needless' }), toAna({ key: 'needed' })])
  dispatch({ findNeedless: async () => [mailIdOf('needless')] })

  await inState('sent')

  expect((await rows()).map(({ id }) => id)).toEqual([mailIdOf('needed')])
  expect(server.received.map(({ subject }) => subject)).toEqual(['Your request for Payroll was received'])
})

test('mails about one request belong together, can be sorted by kind, and say where answers go', async () => {
  await database.db.insert(settings).values({ mailReplyTo: 'it@example.com', companyName: 'Acme "Access"' })
  dispatch()

  await queueMails(database.db, [toAna(), toAna({ kind: 'request_denied' })])

  await received(2)
  const [one, other] = server.received
  expect(one?.references).toBe('<request-019a0000-0000-7000-8000-000000000001@access.example.com>')
  expect(other?.references).toBe(one?.references)
  expect(one?.inReplyTo).toBe(one?.references)
  expect(one?.replyTo?.text).toBe('it@example.com')
  expect(server.received.map(({ headers }) => headers.get('list'))).toEqual(
    expect.arrayContaining([{ id: { name: 'request-submitted.access.example.com' } }]),
  )
  await database.db.delete(settings)
})

test('a reader gets mails in the language and the time zone of their choice, others in those of the organisation', async () => {
  await database.db.insert(settings).values({ language: 'de', timeZone: 'Europe/Berlin' })
  await database.db.insert(users).values({
    id: anaId,
    name: 'Ana Ruiz',
    email: 'ana@example.test',
    language: 'en',
    timeZone: 'America/New_York',
  })
  dispatch()

  await queueMails(database.db, [toAna({ kind: 'request_expired' })])
  await received(1)
  await queueMails(database.db, [aMail({ kind: 'request_expired', email: 'bo@example.test' })])
  await received(2)

  expect(server.received[0]?.text).toContain('You made it on 23 November 2026, 04:15 GMT-5')
  expect(server.received[1]?.text).toContain('Gestellt haben Sie sie am 23. November 2026, 10:15 MEZ')
  await database.db.delete(users)
  await database.db.delete(settings)
})

test('an address beyond ASCII gets its mail from a server that offers SMTPUTF8, and is refused by one that does not', async () => {
  dispatch()

  await queueMails(database.db, [aMail({ email: 'josé@example.test' })])
  await received(1)
  expect([server.received[0]?.to].flat().flatMap((to) => to?.value)).toMatchObject([{ address: 'josé@example.test' }])

  const old = await startMailServer({ offersUtf8: false })
  await running[0]?.dispatcher.stop()
  dispatch({ smtpUrl: old.url })
  await queueMails(database.db, [aMail({ email: 'zoë@example.test' })])

  await inState('failed')
  expect(await rows()).toContainEqual(
    expect.objectContaining({ state: 'failed', lastError: 'the mail server does not offer SMTPUTF8' }),
  )
  expect(old.asked).toEqual([])
  await old.stop()
})
