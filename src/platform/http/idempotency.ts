/**
 * Idempotency-Key: the same key, caller and body give the same answer for 24 hours.
 * Every POST does its work under an operation id, so a repetition whose first answer was lost does nothing twice.
 * One at a time works on a call, whatever process it came to: the others wait, and hold no connection while they do.
 */

import { setTimeout as wait } from 'node:timers/promises'
import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../db/columns.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import type { Answered, Claim, IdempotentCall, StoredReply } from './idempotency.repository.ts'
import { keepAnswer, lookAtCall, releaseClaim, removeOldKeys, renewClaim, takeCall } from './idempotency.repository.ts'

export type { IdempotentCall, StoredReply } from './idempotency.repository.ts'

/** What takes longer hangs: a repetition may try anew. */
const renewForMs = 60_000
const firstPauseMs = 25
const longestPauseMs = 250

export interface IdempotencyDeps {
  db: DbOrTx
  secretBox: SecretBox
  /** A caller is kept from a call whose process died for this long at most, in milliseconds. */
  leaseMs?: number
}

/** @returns `begin` takes a call up or finds its answer; `forgetOld` drops keys older than a day */
export function createIdempotency({ db, secretBox, leaseMs = 10_000 }: IdempotencyDeps) {
  return {
    /**
     * Waits while somebody else works on the call.
     * @param until milliseconds since 1970
     * @throws DomainError `idempotency_key_reused` when the key was used for another call; `service_unavailable` when
     *   the call is still being worked on at `until`
     */
    async begin(call: IdempotentCall, until: number): Promise<Claim | Answered> {
      let seen: Awaited<ReturnType<typeof lookAtCall>> = 'free'
      for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
        const claim = seen === 'free' ? await takeCall(db, call, leaseMs) : undefined
        if (claim) return claim
        seen = await lookAtCall(db, secretBox, call)
        if (typeof seen === 'object') return seen
        if (Date.now() + pauseMs > until) throw stillWorking()
        if (seen === 'taken') await wait(pauseMs)
      }
    },

    /** Does the work and keeps the claim meanwhile. */
    async holding<T>(claim: Claim, work: () => Promise<T>): Promise<T> {
      const end = Date.now() + renewForMs
      const renew = setInterval(() => {
        if (Date.now() > end) clearInterval(renew)
        // A database that is away ends the claim, as it should.
        else renewClaim(db, claim, leaseMs).catch(() => undefined)
      }, leaseMs / 3).unref()
      try {
        return await work()
      } finally {
        clearInterval(renew)
      }
    },

    /** Keeps the answer for all repetitions. @returns false when the claim was lost: another answer counts */
    finish: (claim: Claim, reply: StoredReply): Promise<boolean> => keepAnswer(db, secretBox, { claim, reply }),

    /** Without an answer to keep: whoever waits, or comes again, does the call anew. Never throws: claims run out. */
    release: (claim: Claim): Promise<void> => releaseClaim(db, claim).catch(() => undefined),

    forgetOld: (): Promise<void> => removeOldKeys(db),
  }
}

function stillWorking(): DomainError {
  return new DomainError(
    'service_unavailable',
    'The first call with this Idempotency-Key is still being worked on. Repeat it with the same key in a moment.',
    { retryAfter: 5 },
  )
}

export type Idempotency = ReturnType<typeof createIdempotency>
