/** Guessing passwords is slow: failed sign-ins are counted per e-mail and address, and per address. Good ones are not counted. */
import { createHash } from 'node:crypto'
import type { RateLimiterRes } from 'rate-limiter-flexible'
import { RateLimiterDrizzle, RateLimiterMemory } from 'rate-limiter-flexible'
import type { DbOrTx } from '../db/columns.ts'
import { DomainError } from '../domain/errors.ts'
import { rateLimits } from './rate-limits.table.ts'

const duration = 5 * 60
const failuresPerEmail = 10
const failuresPerAddress = 100

interface Attempt {
  email: string
  clientIp: string
}

function tooMany(until: RateLimiterRes): DomainError {
  const retryAfter = Math.max(1, Math.ceil(until.msBeforeNext / 1000))
  return new DomainError('too_many_requests', `Too many failed sign-ins. Try again in ${retryAfter} seconds.`, {
    retryAfter,
  })
}

/** Counts in Postgres; in memory while Postgres is away. */
export function createSignInLimits({ db }: { db: DbOrTx }) {
  const limiter = (keyPrefix: string, points: number) => {
    const insuranceLimiter = new RateLimiterMemory({ keyPrefix, points, duration })
    return new RateLimiterDrizzle({
      storeClient: db,
      schema: rateLimits,
      keyPrefix,
      points,
      duration,
      insuranceLimiter,
    })
  }
  const perEmail = limiter('sign-in-email', failuresPerEmail)
  const perAddress = limiter('sign-in-address', failuresPerAddress)
  const keyOf = ({ email, clientIp }: Attempt) =>
    createHash('sha256').update(`${email.toLowerCase()}\n${clientIp}`).digest('base64url')

  return {
    /** @throws DomainError `too_many_requests` with the seconds to wait */
    async refuseIfBlocked(attempt: Attempt): Promise<void> {
      const [email, address] = await Promise.all([perEmail.get(keyOf(attempt)), perAddress.get(attempt.clientIp)])
      if (email && email.consumedPoints >= failuresPerEmail) throw tooMany(email)
      if (address && address.consumedPoints >= failuresPerAddress) throw tooMany(address)
    },

    async countFailure(attempt: Attempt): Promise<void> {
      // Over the limit it rejects with the state, which the next attempt is refused by.
      await Promise.allSettled([perEmail.consume(keyOf(attempt)), perAddress.consume(attempt.clientIp)])
    },
  }
}

export type SignInLimits = ReturnType<typeof createSignInLimits>
