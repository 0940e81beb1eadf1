/** Sends what is queued. Any number of dispatchers share one queue; each mail is held by one of them at a time. */
import type { Logger } from 'pino'
import type { Sql } from 'postgres'
import type { DbOrTx } from '../db/columns.ts'
import { reasonOf } from '../log/log.ts'
import { createDelivery } from './mail.delivery.ts'
import { claimDueMails, type MailRow, mailQueuedChannel, msUntilNextMail, type Recipients } from './mail.repository.ts'
import type { Mailer } from './mailer.ts'
import { createServerWatch } from './server-watch.ts'
import { createWaiter } from './waiter.ts'

export interface MailDispatcherOptions {
  db: DbOrTx
  /** A client of its own for LISTEN. */
  raw: Sql
  /** Whose names and addresses of now a mail gets when it is sent. */
  recipients: Recipients
  mailer: Mailer
  log: Pick<Logger, 'info' | 'warn' | 'error'>
  /** How long the queue is not looked at, at most, in milliseconds: a new mail wakes the dispatcher, and so does the time of one that was put off. */
  pollMs?: number
  /** Mails under way at once. */
  concurrency?: number
}

export interface MailDispatcher {
  start(): void
  /**
   * Finishes the mails under way, within 11 s: what a hanging server or database holds up longer is due again later.
   * Does not close `raw` or the mailer.
   */
  stop(): Promise<void>
}

/** Longer than a delivery may take: what is due again after it belongs to a dispatcher that died. */
const leaseMs = 30_000
const slowestRetryMs = 5_000
const settleMs = 50
const heldMs = 1_000
const longestStopMs = 10_000

export function createMailDispatcher(options: MailDispatcherOptions): MailDispatcher {
  const { db, raw, recipients, mailer, log, pollMs = 10_000, concurrency = 4 } = options
  const server = createServerWatch(log)
  const waiter = createWaiter()
  const deliver = createDelivery({ db, mailer, server, waiter, log })
  const underWay = new Map<string, Promise<void>>()
  const lookout = createLookout(pollMs, waiter.wake)
  let loop: Promise<void> | undefined
  let listening: ReturnType<typeof listen> | undefined

  /** A server that was away gets one mail to show itself, not all that wait. */
  const freeSlots = () =>
    server.isAway() ? Number(server.mayProbe() && underWay.size === 0) : concurrency - underWay.size

  async function send(mail: MailRow) {
    await deliver(mail)
    underWay.delete(mail.id)
    waiter.wake()
  }

  async function look(limit: number) {
    lookout.begin()
    const due = await claimDueMails(db, recipients, { limit, leaseMs, except: [...underWay.keys()] })
    if (due.length === limit) lookout.expectMore()
    else if (due.length === 0) lookout.expectIn(await msUntilNextMail(db))
    for (const mail of due) underWay.set(mail.id, send(mail))
  }

  async function sendDue() {
    const limit = freeSlots()
    if (limit > 0 && (lookout.isDue() || server.isAway())) await look(limit)
    const isPaused = limit <= 0 && underWay.size === 0
    if (!lookout.isDue() || limit <= 0)
      await waiter.wait(isPaused ? Math.min(pollMs, server.msUntilProbe()) : lookout.msLeft())
  }

  async function run() {
    for (let failures = 0; !waiter.isStopped(); ) {
      try {
        await sendDue()
        failures = 0
      } catch (error) {
        if (failures === 0) log.warn({ reason: reasonOf(error) }, 'the mail queue cannot be read; trying again')
        failures += 1
        lookout.expectMore()
        await waiter.pause(Math.min(slowestRetryMs, 250 * 2 ** Math.min(failures, 10)))
      }
    }
  }

  async function finish() {
    await loop
    await Promise.all(underWay.values())
  }

  return {
    start: () => {
      listening ??= listen({ raw, log, wake: lookout.hear })
      loop ??= run()
    },
    stop: async () => {
      waiter.stop()
      await atMost(longestStopMs, finish())
      await atMost(1_000, stopListening(listening))
    },
  }
}

/** When the queue is worth a look: not when the last one has found all that was due, and nothing was queued since. */
function createLookout(pollMs: number, wake: () => void) {
  let mayBeMore = true
  let nextLook = 0
  return {
    /** Wakes a moment later: whoever has caused a mail gets their own answer first, and mails that come together are claimed together. */
    hear: () => {
      mayBeMore = true
      setTimeout(wake, settleMs).unref()
    },
    isDue: () => mayBeMore || Date.now() >= nextLook,
    msLeft: () => Math.max(1, nextLook - Date.now()),
    /** @param ms until the next mail is due; null when none waits */
    expectIn: (ms: number | null) => {
      // One that is due and was not taken is under way, here or in another dispatcher.
      if (ms !== null) nextLook = Math.min(nextLook, Date.now() + (ms > 0 ? ms : heldMs))
    },
    begin: () => {
      mayBeMore = false
      nextLook = Date.now() + pollMs
    },
    expectMore: () => {
      mayBeMore = true
    },
  }
}

/** Missed notifications cost at most one polling interval, so a failure here is never fatal. */
async function listen({ raw, log, wake }: { raw: Sql; log: Pick<Logger, 'warn'>; wake: () => void }) {
  try {
    return await raw.listen(mailQueuedChannel, wake, wake)
  } catch (error) {
    log.warn({ reason: reasonOf(error) }, 'listening for new mail failed; polling goes on')
    return undefined
  }
}

/** Without a connection there is nothing to give up. */
async function stopListening(listening: ReturnType<typeof listen> | undefined): Promise<void> {
  const subscription = await listening?.catch(() => undefined)
  await subscription?.unlisten().catch(() => undefined)
}

async function atMost(milliseconds: number, work: Promise<unknown> | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([work, timeout])
  clearTimeout(timer)
}
