/** From which browsers people have signed in before. */
import { and, desc, eq, gt, lte, notInArray, or, sql } from 'drizzle-orm'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { users } from '../directory/users/users.table.ts'
import { knownDevices } from './known-devices.table.ts'

/** A device is known for a year after the last sign-in. */
export const deviceSeconds = 365 * 24 * 60 * 60
/** Scripts without a cookie jar are a new device each time. */
const mostPerUser = 50

const yearAgo = sql`now() - make_interval(secs => ${deviceSeconds})`

/** The id of a device that the user of this e-mail address has signed in from within a year. */
export async function findKnownDevice(
  db: DbOrTx,
  { email, tokenHash }: { email: string; tokenHash: Buffer },
): Promise<string | null> {
  const [found] = await db
    .select({ id: knownDevices.id })
    .from(knownDevices)
    .innerJoin(users, eq(users.id, knownDevices.userId))
    .where(and(eq(knownDevices.tokenHash, tokenHash), eq(users.email, email), gt(knownDevices.signedInAt, yearAgo)))
  return found?.id ?? null
}

/**
 * Makes the device known for the user. It gets a new token each time, for everybody who uses it:
 * whoever knew the former one, because they had planted or copied it, knows nothing any more.
 */
export async function rememberDevice(
  tx: DbOrTx,
  { userId, tokenHash, formerTokenHash }: { userId: string; tokenHash: Buffer; formerTokenHash: Buffer | null },
): Promise<void> {
  if (formerTokenHash) {
    await tx.update(knownDevices).set({ tokenHash }).where(eq(knownDevices.tokenHash, formerTokenHash))
  }
  await tx
    .insert(knownDevices)
    .values({ tokenHash, userId })
    .onConflictDoUpdate({ target: [knownDevices.tokenHash, knownDevices.userId], set: { signedInAt: sql`now()` } })
  const kept = tx
    .select({ id: knownDevices.id })
    .from(knownDevices)
    .where(eq(knownDevices.userId, userId))
    .orderBy(desc(knownDevices.signedInAt))
    .limit(mostPerUser)
  await tx
    .delete(knownDevices)
    .where(
      and(
        eq(knownDevices.userId, userId),
        or(lte(knownDevices.signedInAt, yearAgo), notInArray(knownDevices.id, kept)),
      ),
    )
}

export async function forgetDevicesOf(tx: DbOrTx, userId: string): Promise<void> {
  await tx.delete(knownDevices).where(eq(knownDevices.userId, userId))
}
