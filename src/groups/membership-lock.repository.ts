import { sql } from 'drizzle-orm'
import type { DbOrTx } from '../db/columns.ts'

/**
 * One change of this membership at a time, until the transaction ends: whether it may be taken away at the target
 * depends on whether a grant or a direct membership still holds it.
 */
export async function lockMembership(
  tx: DbOrTx,
  { groupId, userId }: { groupId: string; userId: string },
): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`membership/${groupId}/${userId}`}, 0))`)
}
