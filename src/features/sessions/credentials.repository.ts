/**
 * The one act that ends every credential of a person: sessions, API tokens, and with them their live views; links to set
 * a password too. Browsers they have signed in from are not known any more.
 */
import type { DbOrTx } from '../../platform/db/columns.ts'
import { forgetDevicesOf } from './known-devices.repository.ts'
import { endLinksOf } from './password-links.repository.ts'
import { deleteSessionsOf } from './sessions.repository.ts'
import { revokeTokensOf } from './tokens.repository.ts'

/**
 * In the caller's transaction.
 * @param keptSessionId the session that does it, when it goes on
 * @returns how many of each were ended
 */
export async function endCredentialsOf(
  tx: DbOrTx,
  userId: string,
  keptSessionId: string | null = null,
): Promise<{ sessions: number; tokens: number }> {
  const sessions = await deleteSessionsOf(tx, userId, { exceptId: keptSessionId })
  const tokens = await revokeTokensOf(tx, userId)
  await endLinksOf(tx, userId)
  await forgetDevicesOf(tx, userId)
  return { sessions, tokens }
}
