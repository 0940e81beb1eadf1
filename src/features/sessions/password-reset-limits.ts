/** How often resets are asked for on the sign-in page: each one that is let through may send somebody a mail. */
import { createHash } from 'node:crypto'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { placeOf } from '../../platform/net/client-address.ts'
import { createCounter } from './sign-in-limits.ts'

const duration = 60 * 60
const perAccount = 5
const perPlace = 30

const what = 'Too many password resets were asked for.'

export function createPasswordResetLimits({ db }: { db: DbOrTx }) {
  const countForPlace = createCounter(db, { keyPrefix: 'password-reset-address', points: perPlace, duration, what })
  const countForAccount = createCounter(db, { keyPrefix: 'password-reset-email', points: perAccount, duration, what })
  return {
    /**
     * Counts for an address that nobody has as for any other.
     * @throws DomainError `too_many_requests` with the seconds to wait
     */
    async admit({ email, clientIp }: { email: string; clientIp: string | undefined }): Promise<void> {
      await countForPlace(placeOf(clientIp))
      await countForAccount(createHash('sha256').update(email.toLowerCase()).digest('base64url'))
    },
  }
}

export type PasswordResetLimits = ReturnType<typeof createPasswordResetLimits>
