/** Mails that the server refused, the mail server, and when people want mail. */
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { users } from '../../src/features/directory/users/users.table.ts'
import { settings } from '../../src/features/settings/settings.table.ts'
import { createWaiter } from '../../src/platform/background/waiter.ts'
import { createDelivery } from '../../src/platform/mail/mail.delivery.ts'
import { claimDueMails, mailIdOf, queueMails } from '../../src/platform/mail/mail.repository.ts'
import { mails } from '../../src/platform/mail/mail.table.ts'
import { createMailer } from '../../src/platform/mail/mailer.ts'
import { createServerWatch } from '../../src/platform/mail/server-watch.ts'
import { createSecretBox } from '../../src/platform/secrets/secret-box.ts'
import { aMail, someFacts } from '../mail/builders.ts'
import { type MailServer, startMailServer } from '../mail/mail-server.ts'
import { administrator, startTestApp, type TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aUser, password } from '../support/directory.ts'

const log = pino({ level: 'silent' })
const secretBox = createSecretBox([{ id: 'test', key: Buffer.alloc(32, 1) }])
let server: MailServer
let app: TestApp
let admin: Client
let mailer: ReturnType<typeof createMailer>

beforeAll(async () => {
  server = await startMailServer()
  mailer = createMailer({ smtpUrl: server.url, publicUrl: 'http://localhost', secretBox })
  app = await startTestApp({ mailer })
  admin = await app.signIn()
})
afterAll(async () => {
  await app.close()
  await server.stop()
})
afterEach(async () => {
  await app.db.delete(mails)
  await app.db.delete(settings)
})

/** Sends what is due, once, as a worker does. */
async function deliver(): Promise<void> {
  const send = createDelivery({
    db: app.db,
    recipients: users,
    mailer,
    server: createServerWatch(log),
    waiter: createWaiter(),
    log,
    refuse: app.modules.mails.refuse,
  })
  const { mails: due } = await claimDueMails(app.db, users, { limit: 10, leaseMs: 30_000, except: [] })
  for (const mail of due) await send([mail])
}

async function refuseMail(kind: 'request_denied' | 'invitation', email = 'gone@example.test') {
  server.refuse(550, { address: email })
  const token = kind === 'invitation' ? secretBox.seal('a-token').toString('base64') : undefined
  await queueMails(app.db, [
    aMail({ kind, email, name: 'Gone Away', key: `${kind}:${email}`, data: { ...someFacts()[kind], token } }),
  ])
  await deliver()
  return mailIdOf(`${kind}:${email}`)
}

const events = async (type: string) => (await admin.get(`/directory-insights/events?eventType=${type}`)).body.items

test('a mail that the server refuses is seen with its own words, in the list, the counts and Directory Insights', async () => {
  const id = await refuseMail('request_denied')
  await queueMails(app.db, [aMail({ kind: 'request_expired', email: 'later@example.test' })])

  const { body } = await admin.get('/mails?state=refused')

  expect(body.items).toMatchObject([
    {
      id,
      kind: 'request_denied',
      state: 'refused',
      recipient: { name: 'Gone Away', email: 'gone@example.test' },
      answer: expect.stringContaining('refused on purpose'),
      nextAttemptAt: null,
      canSendAgain: true,
    },
  ])
  expect(JSON.stringify(body)).not.toContain('Ask your manager')
  expect((await admin.get('/mails/counts')).body).toEqual({ refused: 1, waiting: 1 })
  expect((await events('mail_refused'))[0]).toMatchObject({
    resource: { type: 'mail', id, name: 'request_denied' },
    success: false,
    error_message: expect.stringContaining('refused on purpose'),
    changes: [{ field: 'recipient', to: 'gone@example.test' }],
  })
})

test('the list is searched by name, address and words, and read in pages', async () => {
  await queueMails(
    app.db,
    ['ann', 'ben', 'cem'].map((name) => aMail({ name, email: `${name}@example.test` })),
  )

  expect((await admin.get('/mails?q=ben')).body.items).toMatchObject([{ recipient: { name: 'ben' } }])
  expect((await admin.get('/mails?q=cem@exa')).body.items).toHaveLength(1)
  const first = (await admin.get('/mails?limit=2')).body
  const second = (await admin.get(`/mails?limit=2&cursor=${first.nextCursor}`)).body
  const seen = [...first.items, ...second.items].map(({ recipient }: { recipient: { name: string } }) => recipient.name)
  expect(seen.sort()).toEqual(['ann', 'ben', 'cem'])
})

test('a refused mail is sent again, and arrives once its server takes it', async () => {
  const id = await refuseMail('request_denied', 'back@example.test')

  expect((await admin.post(`/mails/${id}/send-again`)).status).toBe(202)
  await deliver()

  expect(server.received.at(-1)?.subject).toBe('Your request for Payroll was denied')
  expect((await events('mail_send_again'))[0]).toMatchObject({ resource: { id } })
  expect((await admin.post(`/mails/${id}/send-again`)).status).toBe(404)
})

test('a mail whose link works once is not sent again, and neither is one that waits; the answer says what to do', async () => {
  const id = await refuseMail('invitation')

  const refused = await admin.post(`/mails/${id}/send-again`)

  expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining('Send a new link') } })
  expect((await admin.get('/mails')).body.items).toMatchObject([{ canSendAgain: false }])
  await queueMails(app.db, [aMail({ key: 'waits' })])
  expect((await admin.post(`/mails/${mailIdOf('waits')}/send-again`)).status).toBe(409)
})

test('a test mail tells what the mail server says, whether it takes it or not', async () => {
  const taken = await admin.post('/mail-server/test')
  server.refuse(550, { address: administrator.email })
  const refused = await admin.post('/mail-server/test')

  expect(taken).toMatchObject({ status: 200, body: { accepted: true, answer: expect.stringContaining('250') } })
  expect(refused).toMatchObject({
    status: 200,
    body: { accepted: false, answer: expect.stringContaining('refused on purpose') },
  })
  expect((await events('mail_test')).map(({ success }: { success: boolean }) => success)).toEqual([false, true])
  expect((await admin.get('/mail-server')).body).toMatchObject({
    host: '127.0.0.1',
    port: server.port,
    tls: 'if_offered',
    signsInAs: null,
    from: 'Gatehouse <no-reply@localhost>',
  })
})

test('an address beyond ASCII is taken when the mail server offers SMTPUTF8, else refused with that word', async () => {
  const person = { name: 'José', email: 'josé@example.test' }
  expect((await admin.post('/users', person)).status).toBe(201)

  const old = await startMailServer({ offersUtf8: false })
  const mailerOfOld = createMailer({ smtpUrl: old.url, publicUrl: 'http://localhost', secretBox })
  const other = await startTestApp({ mailer: mailerOfOld })
  const refused = await (await other.signIn()).post('/users', person)

  expect(refused).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'email', message: expect.stringContaining('SMTPUTF8') }] },
  })
  await other.close()
  await old.stop()
})

test('everybody chooses for themselves when mails go out, and what waited goes at once when they want that', async () => {
  const { id, email } = await aUser(admin, { password })
  const person = await app.signIn(email, password)
  expect((await person.get('/me/preferences')).body).toMatchObject({
    language: null,
    timeZone: null,
    mails: { request_denied: 'at_once' },
    organisation: { language: 'en', timeZone: 'UTC' },
  })

  const chosen = { language: 'de', timeZone: 'Europe/Berlin', mails: { request_denied: 'daily' } }
  expect((await person.put('/me/preferences', chosen)).body).toMatchObject(chosen)
  await queueMails(app.db, [aMail({ kind: 'request_denied', personId: id })])
  const isDue = async () => (await claimDueMails(app.db, users, { limit: 1, leaseMs: 1, except: [] })).mails.length > 0
  expect(await isDue()).toBe(false)
  await person.put('/me/preferences', { mails: { request_denied: 'at_once' } })

  expect(await isDue()).toBe(true)
  expect((await person.get('/me')).body).toMatchObject({ language: 'de', timeZone: 'Europe/Berlin' })
})

test.each([
  [{ mails: { request_denied: 'none' } }, 'mails.request_denied'],
  [{ mails: { access_ending: 'weekly' } }, 'mails.access_ending'],
  [{ mails: { token_created: 'daily' } }, 'mails.token_created'],
  [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
  [{ language: 'fr' }, 'language'],
])('what cannot be chosen is refused at its field: %j', async (body, path) => {
  expect(await admin.put('/me/preferences', body)).toMatchObject({ status: 422, body: { errors: [{ path }] } })
})

test("a company's name and colour are known before sign-in; a colour on which white is not read is refused", async () => {
  const { body: before } = await admin.get('/settings')
  const bright = await admin.put('/settings', { ...before, companyColor: '#ffcc00' })
  const saved = await admin.put('/settings', { ...before, companyName: 'Acme Access', companyColor: '#7a1f5c' })

  expect(bright).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'companyColor', message: expect.stringContaining('darker') }] },
  })
  expect(saved.status).toBe(200)
  expect(await fetch(`${app.base}/api/v1/company`).then((answer) => answer.json())).toEqual({
    name: 'Acme Access',
    color: '#7a1f5c',
    logo: null,
  })
})
