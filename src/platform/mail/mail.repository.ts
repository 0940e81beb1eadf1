/** The mail queue and delivery ledger: queued with the event, claimed by one dispatcher at a time, kept after it was sent. */
import type { AnyColumn, SQL } from 'drizzle-orm'
import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { v7 as uuidv7 } from 'uuid'
import { type DbOrTx, idList } from '../db/columns.ts'
import { mails } from './mail.table.ts'
import { type MailIntent, securityMailKinds } from './mail.types.ts'

/** Postgres channel that tells dispatchers of new mail. */
export const mailQueuedChannel = 'mail_queued'

export type MailRow = typeof mails.$inferSelect

const longestError = 500

/** Kinds that cannot be switched off. */
const always = `{${securityMailKinds.join(',')}}`
/** The token of a link is kept no longer than it takes to send it. */
const withoutToken = sql`${mails.data} - 'token'`

/**
 * Queues mails in the caller's transaction and wakes the dispatchers when it commits.
 * A key that was queued before, ever, is left alone; kinds that are switched off in Settings are left out, but for those
 * about somebody's own account.
 * One statement, because it runs inside every decision.
 */
export async function queueMails(tx: DbOrTx, intents: MailIntent[]): Promise<void> {
  if (intents.length === 0) return
  await tx.execute(sql`
    with switches as (select mails as kinds from settings where id = 1),
    queued as (
      insert into mails (id, key, kind, recipient_id, recipient_name, recipient_email, data, access_request_id)
      select id, key, kind, recipient_id, recipient_name, recipient_email, data, access_request_id
      from jsonb_to_recordset(${storableJson(intents.map(toRow))}::text::jsonb) as intent(
        id uuid, key text, kind text, recipient_id uuid, recipient_name text, recipient_email text, data jsonb, access_request_id uuid
      )
      where (select kinds -> intent.kind from switches) is distinct from 'false'::jsonb
        or intent.kind = any(${always}::text[])
      on conflict (key) do nothing
      returning 1
    )
    select pg_notify(${mailQueuedChannel}::text, '') from queued limit 1`)
}

function toRow({ key, kind, to, data, accessRequestId }: MailIntent) {
  return {
    id: uuidv7(),
    key,
    kind,
    recipient_id: to.id,
    recipient_name: to.name,
    recipient_email: to.email,
    data,
    access_request_id: accessRequestId,
  }
}

/** Postgres refuses NUL and half characters in jsonb; a mail must never undo the event that it tells of. */
function storableJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'string' ? part.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd') : part,
  )
}

export interface ClaimOptions {
  limit: number
  /** Milliseconds after which a mail of a dispatcher that died is due again. */
  leaseMs: number
  /** Mails this dispatcher still holds, whatever their lease says. */
  except: string[]
}

/** The table of the people who get mails, with the columns that a mail is addressed by. */
export type Recipients = PgTable & Record<'id' | 'name' | 'email', PgColumn>

/** A mail goes to the person, not to the address they had when it was queued: somebody else may have that one by now. */
function nowOf(recipients: Recipients, column: 'name' | 'email', queued: AnyColumn): SQL {
  return sql`coalesce((select ${recipients[column]} from ${recipients} where ${recipients.id} = ${mails.recipientId}), ${queued})`
}

/** Takes due mails, oldest first. Other dispatchers skip them until the lease ends. */
export async function claimDueMails(
  db: DbOrTx,
  recipients: Recipients,
  { limit, leaseMs, except }: ClaimOptions,
): Promise<MailRow[]> {
  const due = db.$with('due').as(
    db
      .select({ id: mails.id })
      .from(mails)
      .where(and(sql`${mails.state} = 'queued'`, lte(mails.nextAttemptAt, sql`now()`), notHeld(except)))
      .orderBy(asc(mails.nextAttemptAt), asc(mails.id))
      .limit(limit)
      .for('update', { skipLocked: true }),
  )
  const claimed = await db
    .with(due)
    .update(mails)
    .set({
      attempts: sql`${mails.attempts} + 1`,
      nextAttemptAt: inMs(leaseMs),
      recipientName: nowOf(recipients, 'name', mails.recipientName),
      recipientEmail: nowOf(recipients, 'email', mails.recipientEmail),
    })
    .where(inArray(mails.id, db.select({ id: due.id }).from(due)))
    .returning()
  return claimed.sort((one, other) => (one.id < other.id ? -1 : 1))
}

async function settle(db: DbOrTx, id: string, change: Record<string, unknown>): Promise<void> {
  await db
    .update(mails)
    .set(change)
    .where(and(eq(mails.id, id), eq(mails.state, 'queued')))
}

export async function markMailSent(db: DbOrTx, id: string): Promise<void> {
  await settle(db, id, { state: 'sent', sentAt: sql`now()`, lastError: null, data: withoutToken })
}

/** Milliseconds until the next mail that waits is due, by the database's clock; null when none waits. */
export async function msUntilNextMail(db: DbOrTx): Promise<number | null> {
  const ms = sql<number | null>`(extract(epoch from min(${mails.nextAttemptAt}) - now()) * 1000)::float8`
  const [row] = await db.select({ ms }).from(mails).where(eq(mails.state, 'queued'))
  return row?.ms ?? null
}

/** Due again after 1 s, 2 s, 4 s … at most 5 min, for ever. */
export async function putMailOff(db: DbOrTx, id: string, error: string): Promise<void> {
  const delay = sql`least(interval '5 minutes', interval '1 second' * power(2, least(greatest(${mails.attempts} - 1, 0), 20)))`
  await settle(db, id, { nextAttemptAt: sql`now() + ${delay}`, lastError: shortened(error) })
}

/** Gives a mail back that the server was not there for: due at once, and the try does not count. */
export async function giveMailBack(db: DbOrTx, id: string, error: string): Promise<void> {
  const attempts = sql`greatest(${mails.attempts} - 1, 0)`
  await settle(db, id, { attempts, nextAttemptAt: sql`now()`, lastError: shortened(error) })
}

/** The mail server refused it for good. */
export async function markMailRefused(db: DbOrTx, id: string, error: string): Promise<void> {
  await settle(db, id, { state: 'failed', lastError: shortened(error), data: withoutToken })
}

/** The same text however many there are, so that it is prepared once. */
function notHeld(except: string[]): SQL {
  return sql`${mails.id} <> all(${idList(except)})`
}

function inMs(milliseconds: number): SQL {
  return sql`now() + ${milliseconds} * interval '1 millisecond'`
}

function shortened(error: string): string {
  return error.replaceAll('\0', '').slice(0, longestError)
}
