/** The one row of settings. */
import { eq, sql } from 'drizzle-orm'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { initialHouse, initialLimits, initialRetention, initialTokenDays, settings } from './settings.table.ts'

export type SettingsRow = typeof settings.$inferSelect

/** What holds until somebody changes it. */
const defaults = {
  id: 1,
  requestsEnabled: true,
  exposeProgress: true,
  mails: {},
  longestTokenDays: initialTokenDays,
  ...initialLimits,
  ...initialRetention,
  ...initialHouse,
  version: 1,
  updatedAt: new Date(0).toISOString(),
} satisfies SettingsRow

/**
 * The settings as they are now; a mail kind that `mails` does not name is on. Whoever judges by a setting reads it here,
 * in their own transaction if they have one.
 */
export async function readSettingsRow(db: DbOrTx): Promise<SettingsRow> {
  const [row] = await db.select().from(settings).where(eq(settings.id, 1))
  return row ?? defaults
}

/** Makes the row when there is none, and locks it until the transaction ends. */
export async function lockSettingsRow(tx: DbOrTx): Promise<SettingsRow> {
  await tx.insert(settings).values({ id: 1 }).onConflictDoNothing()
  const [row] = await tx.select().from(settings).where(eq(settings.id, 1)).for('update')
  return row ?? defaults
}

export async function updateSettingsRow(
  tx: DbOrTx,
  change: Omit<SettingsRow, 'id' | 'version' | 'updatedAt'>,
): Promise<SettingsRow> {
  const [row] = await tx
    .update(settings)
    .set({ ...change, version: sql`${settings.version} + 1`, updatedAt: sql`now()` })
    .where(eq(settings.id, 1))
    .returning()
  if (!row) throw new Error('the settings row is gone')
  return row
}
