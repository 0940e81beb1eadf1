/** Costly work in turn: so much at once, a short queue, and whoever comes when it is full hears so at once. */
import { DomainError } from '../../domain/shared/errors.ts'

/** `known` has shown a session, or a device they have signed in from before; `unknown` may be anybody. */
export type CallerKind = 'known' | 'unknown'

export interface TurnsOptions {
  atOnce: number
  /** How many wait at most, of each kind of caller. */
  longestQueue: number
}

function queueIsFull(): DomainError {
  return new DomainError('too_many_requests', 'Too many passwords are checked at this moment. Try again in a second.', {
    retryAfter: 1,
  })
}

/**
 * Known callers go before all others, and one place is kept for them where there are two:
 * a flood of strangers fills its own queue, and nobody else's.
 */
export function createTurns({ atOnce, longestQueue }: TurnsOptions) {
  const waiting: Record<CallerKind, (() => void)[]> = { known: [], unknown: [] }
  const atWork: Record<CallerKind, number> = { known: 0, unknown: 0 }
  const placesForUnknown = Math.max(1, atOnce - 1)

  function isPlaceFor(caller: CallerKind): boolean {
    if (atWork.known + atWork.unknown >= atOnce) return false
    return caller === 'known' || atWork.unknown < placesForUnknown
  }

  function callNext(): void {
    const caller = (['known', 'unknown'] as const).find((one) => waiting[one].length > 0 && isPlaceFor(one))
    if (!caller) return
    // Taken here and not by whoever wakes up: somebody else could come in between.
    atWork[caller] += 1
    waiting[caller].shift()?.()
  }

  async function takePlace(caller: CallerKind): Promise<void> {
    if (isPlaceFor(caller)) {
      atWork[caller] += 1
      return
    }
    if (waiting[caller].length >= longestQueue) throw queueIsFull()
    await new Promise<void>((resolve) => waiting[caller].push(resolve))
  }

  /** @throws DomainError `too_many_requests` at once when the queue is full; else whatever `work` throws */
  return async <T>(caller: CallerKind, work: () => Promise<T>): Promise<T> => {
    await takePlace(caller)
    try {
      return await work()
    } finally {
      atWork[caller] -= 1
      callNext()
    }
  }
}
