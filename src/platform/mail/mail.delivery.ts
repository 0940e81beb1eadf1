/** Mails that go out as one, from claim to ledger: sent, put off, given back, refused or dropped, and written down as such. */
import type { Logger } from 'pino'
import type { Waiter } from '../background/waiter.ts'
import type { DbOrTx } from '../db/columns.ts'
import { reasonOf } from '../log/log.ts'
import { DeliveryError } from './delivery-error.ts'
import { readLetterhead } from './mail.letterhead.repository.ts'
import {
  dropMails,
  giveMailsBack,
  type MailRow,
  markMailsRefused,
  markMailsSent,
  putMailsOff,
  type Recipients,
} from './mail.repository.ts'
import type { Mailer } from './mailer.ts'
import type { ServerWatch } from './server-watch.ts'

/** How long a stopping dispatcher tries to write down what it has sent. */
const stopGraceMs = 5_000

type LedgerEntry = () => Promise<void>

/** What the product knows about mails, and a queue does not. */
export interface MailPolicy {
  /** Which of these mails nobody needs any more, asked right before they are sent. Ids; none when left out. */
  findNeedless?: (mails: MailRow[]) => Promise<string[]>
  /** Writes down that the server has refused them for good, in its own words. */
  refuse?: (mails: MailRow[], words: string) => Promise<void>
}

export interface DeliveryDeps extends MailPolicy {
  db: DbOrTx
  recipients: Recipients
  mailer: Mailer
  server: ServerWatch
  waiter: Waiter
  log: Pick<Logger, 'info' | 'warn' | 'error'>
}

const idsOf = (mails: MailRow[]) => mails.map(({ id }) => id)

/** Returns a function that never rejects: it delivers claimed mails as one and writes down what became of each. */
export function createDelivery({ db, recipients, mailer, server, waiter, log, ...policy }: DeliveryDeps) {
  const { findNeedless = async () => [] } = policy
  const { refuse = (mails, words) => markMailsRefused(db, idsOf(mails), words) }: MailPolicy = policy

  async function attempt(mails: MailRow[]): Promise<LedgerEntry> {
    try {
      const needless = new Set(await findNeedless(mails))
      const needed = mails.filter(({ id }) => !needless.has(id))
      const [first, ...others] = needed
      if (first) await mailer.send([first, ...others], await readLetterhead(db, recipients, first.recipientId))
      if (first) server.answered()
      return async () => {
        if (needless.size > 0) await dropMails(db, [...needless])
        if (first) await markMailsSent(db, idsOf(needed))
      }
    } catch (error) {
      return afterFailure(
        mails,
        error instanceof DeliveryError ? error : new DeliveryError('later', reasonOf(error), { cause: error }),
      )
    }
  }

  function afterFailure(mails: MailRow[], error: DeliveryError): LedgerEntry {
    const { problem, message, responseCode } = error
    if (problem === 'unreachable' || problem === 'turned_away') {
      server.failed(problem, message)
      return () => giveMailsBack(db, idsOf(mails), message)
    }
    if (responseCode) server.answered()
    // A server's own words may name people: they stand in the ledger, not in the log.
    const about = {
      mailIds: idsOf(mails),
      kind: mails[0]?.kind,
      attempts: mails[0]?.attempts,
      ...(responseCode ? { responseCode } : { err: error }),
    }
    if (problem === 'refused') {
      log.error(about, 'a mail was refused for good')
      return () => refuse(mails, message)
    }
    log.warn(about, 'a mail was put off; it is tried again')
    return () => putMailsOff(db, idsOf(mails), message)
  }

  return async (mails: MailRow[]): Promise<void> => {
    try {
      await writeDown(mails, await attempt(mails), { log, waiter })
    } catch (error) {
      log.error(
        { reason: reasonOf(error), mailIds: idsOf(mails) },
        'what became of a mail could not be written down; it may go out again',
      )
    }
  }
}

/** Tries until the database takes it: a mail that was sent and not written down would be sent twice. */
async function writeDown(mails: MailRow[], entry: LedgerEntry, { log, waiter }: Pick<DeliveryDeps, 'log' | 'waiter'>) {
  for (let failures = 0; ; failures += 1) {
    try {
      return await entry()
    } catch (error) {
      if (waiter.msSinceStop() > stopGraceMs) throw error
      if (failures === 0)
        log.warn({ reason: reasonOf(error), mailIds: idsOf(mails) }, 'what became of a mail cannot be written down yet')
      await waiter.pause(Math.min(2_000, 100 * 2 ** failures), { throughStop: true })
    }
  }
}
