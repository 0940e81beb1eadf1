/** One mail from claim to ledger: sent, put off, given back or refused, and written down as such. */
import type { Logger } from 'pino'
import type { DbOrTx } from '../db/columns.ts'
import { reasonOf } from '../log/log.ts'
import { giveMailBack, type MailRow, markMailRefused, markMailSent, putMailOff } from './mail.repository.ts'
import type { Mailer } from './mailer.ts'
import { DeliveryError } from './mailer.ts'
import type { ServerWatch } from './server-watch.ts'
import type { Waiter } from './waiter.ts'

/** How long a stopping dispatcher tries to write down what it has sent. */
const stopGraceMs = 5_000

type LedgerEntry = () => Promise<void>

export interface DeliveryDeps {
  db: DbOrTx
  mailer: Mailer
  server: ServerWatch
  waiter: Waiter
  log: Pick<Logger, 'info' | 'warn' | 'error'>
}

/** Returns a function that never rejects: it delivers a claimed mail and writes down what became of it. */
export function createDelivery({ db, mailer, server, waiter, log }: DeliveryDeps) {
  async function attempt(mail: MailRow): Promise<LedgerEntry> {
    try {
      await mailer.send(mail)
    } catch (error) {
      return afterFailure(
        mail,
        error instanceof DeliveryError ? error : new DeliveryError('later', reasonOf(error), { cause: error }),
      )
    }
    server.answered()
    return () => markMailSent(db, mail.id)
  }

  function afterFailure(mail: MailRow, error: DeliveryError): LedgerEntry {
    const { problem, message, responseCode } = error
    if (problem === 'unreachable' || problem === 'turned_away') {
      server.failed(problem, message)
      return () => giveMailBack(db, mail.id, message)
    }
    if (responseCode) server.answered()
    // A server's own words may name people: they stand in the ledger, not in the log.
    const about = {
      mailId: mail.id,
      kind: mail.kind,
      attempts: mail.attempts,
      ...(responseCode ? { responseCode } : { err: error }),
    }
    if (problem === 'refused') {
      log.error(about, 'a mail was refused for good')
      return () => markMailRefused(db, mail.id, message)
    }
    log.warn(about, 'a mail was put off; it is tried again')
    return () => putMailOff(db, mail.id, message)
  }

  /** Tries until the database takes it: a mail that was sent and not written down would be sent twice. */
  async function writeDown(mail: MailRow, entry: LedgerEntry) {
    for (let failures = 0; ; failures += 1) {
      try {
        return await entry()
      } catch (error) {
        if (waiter.msSinceStop() > stopGraceMs) throw error
        if (failures === 0)
          log.warn({ reason: reasonOf(error), mailId: mail.id }, 'what became of a mail cannot be written down yet')
        await waiter.pause(Math.min(2_000, 100 * 2 ** failures), { throughStop: true })
      }
    }
  }

  return async (mail: MailRow): Promise<void> => {
    try {
      await writeDown(mail, await attempt(mail))
    } catch (error) {
      log.error(
        { reason: reasonOf(error), mailId: mail.id },
        'what became of a mail could not be written down; it may go out again',
      )
    }
  }
}
