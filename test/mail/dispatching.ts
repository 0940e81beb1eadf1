/** Dispatchers on a real queue and a real SMTP server. */
import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest'
import { users } from '../../src/features/directory/users/users.table.ts'
import { type Database, openDatabase } from '../../src/platform/db/client.ts'
import {
  createMailDispatcher,
  type MailDispatcher,
  type MailDispatcherOptions,
} from '../../src/platform/mail/mail.dispatcher.ts'
import { mails } from '../../src/platform/mail/mail.table.ts'
import { createMailer, type Mailer } from '../../src/platform/mail/mailer.ts'
import { createSecretBox } from '../../src/platform/secrets/secret-box.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type MailServer, startMailServer } from './mail-server.ts'

export const log = pino({ level: 'silent' })
export const secretBox = createSecretBox([{ id: 'test', key: randomBytes(32) }])
let testDatabase: TestDatabase
export let database: Database
export let server: MailServer
export const running: { dispatcher: MailDispatcher; mailer: Mailer }[] = []

/** A mail server for each test, on a database without mails; what dispatches is stopped after it. */
export function useDispatching(): void {
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
    server = await startMailServer()
  })
  afterEach(async () => {
    for (const { dispatcher, mailer } of running.splice(0)) {
      await dispatcher.stop()
      mailer.close()
    }
    await server.stop()
  })
}

export function dispatch({
  smtpUrl = server.url,
  pollMs = 1_000,
  leaseMs = 30_000,
  handOverMs = 20_000,
  gatherMs = 0,
  ...policy
}: Partial<MailDispatcherOptions> & { smtpUrl?: string; handOverMs?: number } = {}): MailDispatcher {
  const mailer = createMailer({
    smtpUrl,
    handOverMs,
    publicUrl: 'https://access.example.com',
    secretBox,
    from: '"Access, Team" <access@example.com>',
  })
  const dispatcher = createMailDispatcher({
    ...database,
    recipients: users,
    mailer,
    log,
    pollMs,
    leaseMs,
    gatherMs,
    ...policy,
  })
  running.push({ dispatcher, mailer })
  dispatcher.start()
  return dispatcher
}

export const rows = () => database.db.select().from(mails)
export const received = (count: number, timeout = 10_000) =>
  vi.waitFor(() => expect(server.received).toHaveLength(count), { timeout, interval: 20 })
export const inState = (state: string, count = 1, timeout = 10_000) =>
  vi.waitFor(async () => expect((await rows()).filter((row) => row.state === state)).toHaveLength(count), {
    timeout,
    interval: 20,
  })

/** Another mail server in the place of one that was stopped. */
export async function startAgain(options: Parameters<typeof startMailServer>[0]): Promise<void> {
  server = await startMailServer(options)
}
