/**
 * Guessing passwords is slow. Each guess is counted before it is judged, and no more when it was right:
 * per account and place, per place, and per account from anywhere. A device that its account has signed in from
 * before is counted by itself, so that the guesses of others never keep its owner out.
 */
import { createHash } from 'node:crypto'
import { RateLimiterDrizzle, RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { placeOf } from '../../platform/net/client-address.ts'
import { giveTurnBack, takeTurn } from './growing-delay.repository.ts'
import { rateLimits } from './rate-limits.table.ts'

const duration = 5 * 60
const what = 'Too many failed sign-ins.'
const failuresPerEmail = 10
const failuresPerPlace = 100

export interface Attempt {
  email: string
  /** As `clientAddress` gives it. */
  clientIp: string | undefined
  /** Id of a device that this account has signed in from. */
  knownDevice: string | null
}

/** The right to one guess. */
export interface Admission {
  /** How many the account, or its device, has had within an hour, if this one is wrong. */
  failures: number
  /** The guess was right, or was not judged: it does not count. */
  giveBack(): Promise<void>
}

type GiveBack = () => Promise<unknown>

function tooMany(what: string, seconds: number): DomainError {
  const retryAfter = Math.max(1, Math.ceil(seconds))
  return new DomainError('too_many_requests', `${what} Try again in ${retryAfter} seconds.`, { retryAfter })
}

const keyOf = (...parts: string[]) => createHash('sha256').update(parts.join('\n')).digest('base64url')

interface Counted {
  keyPrefix: string
  /** How many within the duration. */
  points: number
  /** Seconds. */
  duration: number
  /** The refusal says it first. */
  what: string
}

/**
 * Counts in Postgres; in memory while Postgres is away. What is used up is refused without asking again. Each count can be
 * given back by what it returns, or later by its key.
 */
export function createCounter(db: DbOrTx, { keyPrefix, points, duration, what }: Counted) {
  const insuranceLimiter = new RateLimiterMemory({ keyPrefix, points, duration })
  const limiter = new RateLimiterDrizzle({
    storeClient: db,
    schema: rateLimits,
    keyPrefix,
    points,
    duration,
    inMemoryBlockOnConsumed: points + 1,
    insuranceLimiter,
  })
  const giveBack = (key: string): Promise<unknown> => limiter.reward(key)
  const count = async (key: string): Promise<GiveBack> => {
    try {
      await limiter.consume(key)
    } catch (error) {
      if (error instanceof Error) throw error
      throw tooMany(what, (error as RateLimiterRes).msBeforeNext / 1000)
    }
    return () => giveBack(key)
  }
  return Object.assign(count, { giveBack })
}

export function createSignInLimits({ db }: { db: DbOrTx }) {
  const countForEmail = createCounter(db, { keyPrefix: 'sign-in-email', points: failuresPerEmail, duration, what })
  const countForPlace = createCounter(db, { keyPrefix: 'sign-in-address', points: failuresPerPlace, duration, what })

  async function takeAll({ email, clientIp, knownDevice }: Attempt, taken: GiveBack[]): Promise<number> {
    const account = email.toLowerCase()
    const place = placeOf(clientIp)
    if (!knownDevice) {
      taken.push(await countForPlace(place))
      taken.push(await countForEmail(keyOf(account, place)))
    }
    const key = knownDevice ? `sign-in-device:${knownDevice}` : `sign-in-account:${keyOf(account)}`
    const turn = await takeTurn(db, key)
    if ('waitSeconds' in turn) throw tooMany(what, turn.waitSeconds)
    taken.push(() => giveTurnBack(db, key))
    return turn.failures
  }

  return {
    /** @throws DomainError `too_many_requests` with the seconds to wait; then nothing was counted */
    async admit(attempt: Attempt): Promise<Admission> {
      const taken: GiveBack[] = []
      const giveBack = async () => void (await Promise.all(taken.map((one) => one())))
      try {
        return { failures: await takeAll(attempt, taken), giveBack }
      } catch (error) {
        await giveBack()
        throw error
      }
    },
  }
}

export type SignInLimits = ReturnType<typeof createSignInLimits>
