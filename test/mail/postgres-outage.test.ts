import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { users } from '../../src/features/directory/users/users.table.ts'
import { type Database, openDatabase } from '../../src/platform/db/client.ts'
import { createMailDispatcher } from '../../src/platform/mail/mail.dispatcher.ts'
import { queueMails } from '../../src/platform/mail/mail.repository.ts'
import { mails } from '../../src/platform/mail/mail.table.ts'
import { createMailer } from '../../src/platform/mail/mailer.ts'
import { createSecretBox } from '../../src/platform/secrets/secret-box.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'
import { aMail } from './builders.ts'
import { type MailServer, startMailServer } from './mail-server.ts'

let testDatabase: TestDatabase
/** The database as it is, and as the dispatcher sees it. */
let direct: Database
let cuttable: Database
let proxy: TcpProxy
let server: MailServer
let stop: () => Promise<void>

beforeEach(async () => {
  testDatabase = await createTestDatabase()
  direct = openDatabase(testDatabase.url)
  const behind = new URL(testDatabase.url)
  proxy = await startTcpProxy({ host: behind.hostname, port: Number(behind.port) })
  behind.host = `127.0.0.1:${proxy.port}`
  cuttable = openDatabase(behind.toString())
  server = await startMailServer()
})
afterEach(async () => {
  await stop()
  await proxy.close()
  await Promise.all([server.stop(), cuttable.close(), direct.close()])
  await testDatabase.drop()
})

function dispatch(pollMs: number) {
  const secretBox = createSecretBox([{ id: 'test', key: randomBytes(32) }])
  const mailer = createMailer({ smtpUrl: server.url, publicUrl: 'https://access.example.com', secretBox })
  const dispatcher = createMailDispatcher({
    ...cuttable,
    recipients: users,
    mailer,
    log: pino({ level: 'silent' }),
    pollMs,
  })
  dispatcher.start()
  stop = async () => {
    await dispatcher.stop()
    mailer.close()
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const sent = (count: number) =>
  vi.waitFor(
    async () =>
      expect((await direct.db.select().from(mails)).filter(({ state }) => state === 'sent')).toHaveLength(count),
    { timeout: 30_000, interval: 50 },
  )

test('a mail that was sent while Postgres was away is written down on its return, not sent again', async () => {
  const release = server.hold()
  await queueMails(direct.db, [aMail()])
  dispatch(200)
  await vi.waitFor(() => expect(server.asked).toHaveLength(1))

  proxy.cut()
  release()
  await pause(3_000)
  proxy.restore()

  await sent(1)
  await pause(500)
  expect(server.received).toHaveLength(1)
})

test('a dispatcher that starts before Postgres does sends what is queued once it is there', async () => {
  proxy.cut()
  await queueMails(direct.db, [aMail()])

  dispatch(1_000)
  await pause(2_000)
  proxy.restore()

  await sent(1)
  expect(server.received).toHaveLength(1)
})

test('after Postgres was away new mail still wakes the dispatcher', async () => {
  dispatch(60_000)
  await pause(500)
  proxy.cut()
  await pause(2_000)
  proxy.restore()
  await pause(6_000)

  await queueMails(direct.db, [aMail()])

  await sent(1)
  expect(server.received).toHaveLength(1)
})

test('a dispatcher stops within seconds although Postgres is away', async () => {
  dispatch(200)
  await pause(300)
  proxy.cut()
  await pause(500)

  const start = Date.now()
  await stop()

  expect(Date.now() - start).toBeLessThan(5_000)
})
