import { and, lt, ne, sql } from 'drizzle-orm'
import type { DbOrTx } from '../db/columns.ts'
import { mails } from './mail.table.ts'

/** Removes mails that were sent, or refused for good, more than `days` ago. @returns how many */
export async function removeOldMails(tx: DbOrTx, days: number): Promise<number> {
  const settledAt = sql`coalesce(${mails.sentAt}, ${mails.createdAt})`
  const removed = await tx
    .delete(mails)
    .where(and(ne(mails.state, 'queued'), lt(settledAt, sql`now() - ${days} * interval '1 day'`)))
    .returning({ id: sql`1` })
  return removed.length
}
