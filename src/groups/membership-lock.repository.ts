/** Changes of one membership at a connected system, told apart: who puts a user in must notice who took them out meanwhile. */
import { and, eq, sql } from 'drizzle-orm'
import type { DbOrTx } from '../db/columns.ts'
import { membershipRemovals } from './groups.table.ts'

export interface MembershipIds {
  groupId: string
  userId: string
}

/**
 * One change of this membership at a time, until the transaction ends: whether it may be taken away at the target
 * depends on whether a grant or a direct membership still holds it.
 */
export async function lockMembership(tx: DbOrTx, { groupId, userId }: MembershipIds): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`membership/${groupId}/${userId}`}, 0))`)
}

/** How often this user was taken out of this group at the target so far. */
export async function removalsOf(tx: DbOrTx, { groupId, userId }: MembershipIds): Promise<number> {
  const [row] = await tx
    .select({ count: membershipRemovals.count })
    .from(membershipRemovals)
    .where(and(eq(membershipRemovals.groupId, groupId), eq(membershipRemovals.userId, userId)))
  return row?.count ?? 0
}

/** To be called under the lock, after the target was told. */
export async function countRemoval(tx: DbOrTx, ids: MembershipIds): Promise<void> {
  await tx
    .insert(membershipRemovals)
    .values({ ...ids, count: 1 })
    .onConflictDoUpdate({
      target: [membershipRemovals.groupId, membershipRemovals.userId],
      set: { count: sql`${membershipRemovals.count} + 1` },
    })
}
