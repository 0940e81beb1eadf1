/** Credentials that let nobody in any more are removed after a while; until then they show who had what. */
import { lt, or, sql } from 'drizzle-orm'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { deviceSeconds } from './known-devices.repository.ts'
import { knownDevices } from './known-devices.table.ts'
import { passwordLinks } from './password-links.table.ts'
import { apiTokens, sessions } from './sessions.table.ts'

/**
 * Removes sessions, API tokens and links to set a password that ended so many days ago, and devices nobody has signed in
 * from within a year.
 * @returns how many of all
 */
export async function removeEndedCredentials(tx: DbOrTx, days: number): Promise<number> {
  const limit = sql`now() - make_interval(days => ${days})`
  const removed = [
    await tx
      .delete(sessions)
      .where(or(lt(sessions.expiresAt, limit), lt(sessions.lastSeenAt, limit)))
      .returning({ id: sessions.id }),
    await tx
      .delete(apiTokens)
      .where(or(lt(apiTokens.expiresAt, limit), lt(apiTokens.revokedAt, limit)))
      .returning({ id: apiTokens.id }),
    await tx
      .delete(passwordLinks)
      .where(or(lt(passwordLinks.expiresAt, limit), lt(passwordLinks.endedAt, limit)))
      .returning({ id: passwordLinks.id }),
    await tx
      .delete(knownDevices)
      .where(lt(knownDevices.signedInAt, sql`now() - make_interval(secs => ${deviceSeconds})`))
      .returning({ id: knownDevices.id }),
  ]
  return removed.reduce((sum, { length }) => sum + length, 0)
}
