/** Whether the mail server is there. One outage is one fact for all mails, not a failure of each of them. */
import type { Logger } from 'pino'

const firstPauseMs = 1_000
/** Short, so that mail goes out within seconds of the server's return. */
const longestPauseMs = 4_000
/** Longer when the server is there and does not let us in: signing in again and again would lock the account. */
const longestPauseTurnedAwayMs = 60_000

export interface ServerWatch {
  isAway(): boolean
  /** True when the pause is over and one mail may find out. */
  mayProbe(): boolean
  /** Infinity while the server is there. */
  msUntilProbe(): number
  answered(): void
  failed(problem: 'unreachable' | 'turned_away', message: string): void
}

export function createServerWatch(log: Pick<Logger, 'info' | 'warn'>, now: () => number = Date.now): ServerWatch {
  let failures = 0
  let probeAt = 0

  return {
    isAway: () => failures > 0,
    mayProbe: () => now() >= probeAt,
    // Never zero: a loop that waits for this long must not spin.
    msUntilProbe: () => (failures > 0 ? Math.max(20, probeAt - now()) : Number.POSITIVE_INFINITY),
    answered: () => {
      if (failures > 0) log.info({ failures }, 'the mail server is back')
      failures = 0
      probeAt = 0
    },
    failed: (problem, message) => {
      // Mails that were under way together report the same outage.
      if (now() < probeAt) return
      if (failures === 0) log.warn({ problem, reason: message }, 'the mail server cannot be used; mail waits')
      const longest = problem === 'turned_away' ? longestPauseTurnedAwayMs : longestPauseMs
      probeAt = now() + Math.min(longest, firstPauseMs * 2 ** Math.min(failures, 10))
      failures += 1
    },
  }
}
