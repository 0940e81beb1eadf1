/** Mails that were not sent: refused by the server for good, or still waiting. */
import { and, eq, getTableColumns, ne, type SQL, sql } from 'drizzle-orm'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { keyset, type Slice } from '../../platform/db/keyset.ts'
import { folded, isSearched } from '../../platform/db/search.ts'
import { mailQueuedChannel } from '../../platform/mail/mail.repository.ts'
import { mails, mailTotals } from '../../platform/mail/mail.table.ts'
import { users } from '../directory/users/users.table.ts'
import type { MailsQuery } from './mails.schemas.ts'

// A mail goes to its person: their name and address are those of now.
const name = sql<string>`coalesce(${users.name}, ${mails.recipientName})`
const email = sql<string>`coalesce(${users.email}::text, ${mails.recipientEmail})`

/** What was not sent yet, as its index is made. */
const isUnsent = sql`${mails.state} <> 'sent'`
const stateOf = { refused: 'failed', waiting: 'queued' } as const

export interface UnsentMail extends Omit<typeof mails.$inferSelect, 'data'> {
  name: string
  email: string
  /** Whether what it says is still there. */
  hasData: boolean
}

/** Up to `limit` mails of one page. */
export async function listUnsentMails(
  db: DbOrTx,
  { state, q, ...slice }: Pick<MailsQuery, 'state' | 'q'> & Slice,
): Promise<UnsentMail[]> {
  const order = keyset({ createdAt: mails.createdAt }, mails.id, slice)
  const isFound = q && isSearched(folded(sql`${name} || ' ' || ${email} || ' ' || coalesce(${mails.lastError}, '')`), q)
  return select(db)
    .where(and(isUnsent, state && eq(mails.state, stateOf[state]), isFound || undefined, order.where))
    .orderBy(...order.orderBy)
    .limit(slice.limit)
}

function select(db: DbOrTx) {
  const { data: _, ...columns } = getTableColumns(mails)
  return db
    .select({ ...columns, name, email, hasData: sql<boolean>`${mails.data} <> '{}'` })
    .from(mails)
    .leftJoin(users, eq(users.id, mails.recipientId))
    .$dynamic()
}

/** Locks the mail until the transaction ends. */
export async function lockUnsentMail(tx: DbOrTx, id: string): Promise<UnsentMail | undefined> {
  const [mail] = await select(tx)
    .where(and(eq(mails.id, id), ne(mails.state, 'sent')))
    .for('update', { of: mails })
  return mail
}

/** Puts a refused mail back into the queue; dispatchers hear of it when the transaction commits. */
export async function queueAgain(tx: DbOrTx, id: string): Promise<void> {
  await tx.update(mails).set({ state: 'queued', nextAttemptAt: sql`now()`, claimedAt: null }).where(eq(mails.id, id))
  await tx.execute(sql`select pg_notify(${mailQueuedChannel}::text, '')`)
}

/** How many were refused, and how many wait. */
export async function countUnsentMails(db: DbOrTx): Promise<{ refused: number; waiting: number }> {
  const count = (state: SQL) => sql<number>`(count(*) filter (where ${state}))::int`
  const [counts] = await db
    .select({ refused: count(sql`${mails.state} = 'failed'`), waiting: count(sql`${mails.state} = 'queued'`) })
    .from(mails)
    .where(isUnsent)
  return counts ?? { refused: 0, waiting: 0 }
}

export type MailTotals = typeof mailTotals.$inferSelect

const nothingYet: MailTotals = {
  id: 1,
  sent: 0,
  refused: 0,
  putOff: 0,
  dropped: 0,
  lastSentAt: null,
  lastFailureAt: null,
  lastFailure: null,
}

/** What has become of all mails since the service was set up. */
export async function readMailTotals(db: DbOrTx): Promise<MailTotals> {
  const [row] = await db.select().from(mailTotals)
  return row ?? nothingYet
}
