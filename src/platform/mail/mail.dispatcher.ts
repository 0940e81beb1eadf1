/** Sends what is queued. Any number of dispatchers share one queue; each mail is held by one of them at a time. */
import type { Logger } from 'pino'
import type { Sql } from 'postgres'
import { createWaiter } from '../background/waiter.ts'
import type { DbOrTx } from '../db/columns.ts'
import { reasonOf } from '../log/log.ts'
import { createDelivery, type MailPolicy } from './mail.delivery.ts'
import {
  type ClaimedMail,
  claimDueMails,
  holdMails,
  type MailRow,
  mailQueuedChannel,
  msUntilNextMail,
  type Recipients,
} from './mail.repository.ts'
import type { Mailer } from './mailer.ts'
import { createServerWatch } from './server-watch.ts'

/**
 * How long mails to those who decide or administer are gathered, in milliseconds: the first of a kind goes at once, and those that come within
 * this time after it go out together, as one. See ADR 22.
 */
export const mailGatherMs = 10_000

export interface MailDispatcherOptions extends MailPolicy {
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
  /** Milliseconds after which the mails of a dispatcher that died are due again. */
  leaseMs?: number
  /** `mailGatherMs` when left out. */
  gatherMs?: number
}

export interface MailDispatcher {
  start(): void
  /**
   * Finishes the mails under way, within 11 s: what a hanging server or database holds up longer is due again later.
   * Does not close `raw` or the mailer.
   */
  stop(): Promise<void>
}

const slowestRetryMs = 5_000
const settleMs = 50
const heldMs = 1_000
const longestStopMs = 10_000

export function createMailDispatcher(options: MailDispatcherOptions): MailDispatcher {
  const { db, raw, recipients, log, pollMs = 10_000, concurrency = 4 } = options
  const { leaseMs = 30_000, gatherMs = mailGatherMs } = options
  const server = createServerWatch(log)
  const waiter = createWaiter()
  const deliver = createDelivery({ ...options, server, waiter })
  const underWay = createUnderWay(deliver, waiter.wake)
  const lookout = createLookout(pollMs, waiter.wake)
  let running: { listening: ReturnType<typeof listen>; holding: NodeJS.Timeout; loop: Promise<void> } | undefined

  /** A server that was away gets one mail to show itself, not all that wait. */
  const freeSlots = () =>
    server.isAway() ? Number(server.mayProbe() && underWay.count() === 0) : concurrency - underWay.count()

  async function look(limit: number) {
    lookout.begin()
    const due = await claimDueMails(db, recipients, { limit, leaseMs, gatherMs, except: underWay.ids() })
    if (due.isFull) lookout.expectMore()
    else if (due.mails.length === 0) lookout.expectIn(await msUntilNextMail(db))
    else lookout.expectIn(due.heldForMs)
    for (const mails of asSent(due.mails)) underWay.send(mails)
  }

  async function sendDue() {
    const limit = freeSlots()
    if (limit > 0 && (lookout.isDue() || server.isAway())) await look(limit)
    const isPaused = limit <= 0 && underWay.count() === 0
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

  return {
    start: () => {
      running ??= {
        listening: listen({ raw, log, wake: lookout.hear }),
        holding: keepHolding({ db, log, leaseMs, ids: underWay.ids }),
        loop: run(),
      }
    },
    stop: async () => {
      waiter.stop()
      const finished = running?.loop.then(() => underWay.finished())
      await atMost(longestStopMs, finished)
      clearInterval(running?.holding)
      await atMost(1_000, stopListening(running?.listening))
    },
  }
}

/** What is being sent, by the first mail of those that go out as one. */
function createUnderWay(deliver: (mails: MailRow[]) => Promise<void>, wake: () => void) {
  const underWay = new Map<string, { ids: string[]; delivery: Promise<void> }>()
  return {
    count: () => underWay.size,
    ids: () => [...underWay.values()].flatMap(({ ids }) => ids),
    finished: () => Promise.all([...underWay.values()].map(({ delivery }) => delivery)),
    send: (mails: MailRow[]): void => {
      const ids = mails.map(({ id }) => id)
      const [key = ''] = ids
      const delivery = deliver(mails).then(() => {
        underWay.delete(key)
        wake()
      })
      underWay.set(key, { ids, delivery })
    },
  }
}

/** What is to be sent: mails of a kind to the same person that go out as one, and others each by itself. */
function asSent(mails: ClaimedMail[]): MailRow[][] {
  const groups = new Map<string, MailRow[]>()
  for (const { isGathered, ...mail } of mails) {
    const { id, kind, recipientId } = mail
    const key = isGathered ? `${kind} ${recipientId}` : id
    groups.set(key, [...(groups.get(key) ?? []), mail])
  }
  return [...groups.values()]
}

interface Held extends Pick<MailDispatcherOptions, 'db' | 'log'> {
  leaseMs: number
  ids: () => string[]
}

/** A server may take longer than the lease to answer: its mail is still held, and nobody else sends it. */
function keepHolding({ db, log, leaseMs, ids }: Held): NodeJS.Timeout {
  return setInterval(() => {
    const held = ids()
    if (held.length === 0) return
    holdMails(db, held, leaseMs).catch((error: unknown) =>
      log.warn({ reason: reasonOf(error) }, 'the mails under way could not be held; they may go out twice'),
    )
  }, leaseMs / 3)
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
