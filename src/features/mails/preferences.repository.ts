/** What people have chosen for themselves: language, time zone, and when mails of each kind go out to them. */
import { and, eq, sql } from 'drizzle-orm'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { mailQueuedChannel } from '../../platform/mail/mail.repository.ts'
import { mails } from '../../platform/mail/mail.table.ts'
import type { MailTimings } from '../../platform/mail/mail.types.ts'
import { users } from '../directory/users/users.table.ts'

export type Chosen = Pick<typeof users.$inferSelect, 'language' | 'timeZone' | 'mailTimings'>

const columns = { language: users.language, timeZone: users.timeZone, mailTimings: users.mailTimings }

/** @throws Error for nobody */
export async function readChosen(db: DbOrTx, userId: string): Promise<Chosen> {
  const [row] = await db.select(columns).from(users).where(eq(users.id, userId))
  if (!row) throw new Error('there is no such user')
  return row
}

/** Locks the person's row until the transaction ends. @throws Error for nobody */
export async function lockChosen(tx: DbOrTx, userId: string): Promise<Chosen> {
  const [row] = await tx.select(columns).from(users).where(eq(users.id, userId)).for('update')
  if (!row) throw new Error('there is no such user')
  return row
}

export async function saveChosen(tx: DbOrTx, userId: string, chosen: Chosen): Promise<void> {
  await tx.update(users).set(chosen).where(eq(users.id, userId))
}

/**
 * What waited for a morning goes out at once when its reader wants that kind at once from now on, and nothing of a kind
 * that they want no more.
 */
export async function applyToWaiting(tx: DbOrTx, userId: string, changed: MailTimings): Promise<void> {
  for (const [kind, timing] of Object.entries(changed)) {
    const isWaiting = and(
      eq(mails.recipientId, userId),
      sql`${mails.kind} = ${kind}`,
      eq(mails.state, 'queued'),
      eq(mails.attempts, 0),
    )
    if (timing === 'at_once') await tx.update(mails).set({ nextAttemptAt: sql`now()` }).where(isWaiting)
    if (timing === 'none') await tx.delete(mails).where(isWaiting)
  }
  await tx.execute(sql`select pg_notify(${mailQueuedChannel}::text, '')`)
}
