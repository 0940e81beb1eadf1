/** The mail queue and delivery ledger: queued with the event, claimed by one dispatcher at a time, kept after it was sent. */
import { createHash } from 'node:crypto'
import type { AnyColumn, SQL } from 'drizzle-orm'
import { and, eq, getTableColumns, lte, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { stringify } from 'uuid'
import { type DbOrTx, idList } from '../db/columns.ts'
import { mails, mailTotals } from './mail.table.ts'
import { gatheredAtOnce, type MailIntent, securityMailKinds } from './mail.types.ts'

/** Postgres channel that tells dispatchers of new mail. */
export const mailQueuedChannel = 'mail_queued'

export type MailRow = typeof mails.$inferSelect

const longestError = 500

/** Kinds that cannot be switched off. */
const always = `{${securityMailKinds.join(',')}}`
const gatheredKinds = `{${gatheredAtOnce.join(',')}}`
/** Whether a mail goes out with others of its kind that are due: by its kind, or because its reader wants them so. */
const goesTogether = sql`(kind = any(${gatheredKinds}::text[]) or exists (select from users as reader
  where reader.id = recipient_id and reader.mail_timings ->> kind in ('daily', 'weekly')))`
/** The token of a link is kept no longer than it takes to send it. */
const withoutToken = sql`data - 'token'`

/**
 * The id of the mail with this key, always the same: a UUID of version 8 (RFC 9562) from the beginning of its SHA-256.
 * The Message-ID is made of it, so that a mail keeps its own also when the queue was set back.
 */
export function mailIdOf(key: string): string {
  const bytes = createHash('sha256').update(key).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return stringify(bytes)
}

/** When daily and weekly mails go out, by the reader's clock; weekly ones on Mondays. */
const digestHour = 8

/**
 * Queues mails in the caller's transaction and wakes the dispatchers when it commits.
 * A key that was queued before, ever, is left alone; kinds that are switched off in Settings or by the reader are left
 * out, but for those about somebody's own account. What a reader wants daily or weekly is due at the next such morning.
 * One statement, because it runs inside every decision.
 */
export async function queueMails(tx: DbOrTx, intents: MailIntent[]): Promise<void> {
  if (intents.length === 0) return
  await tx.execute(sql`
    with house as (select mails as kinds, time_zone from settings where id = 1),
    queued as (
      insert into mails (id, kind, recipient_id, recipient_name, recipient_email, data, access_request_id, next_attempt_at)
      select intent.id, kind, recipient_id, recipient_name, recipient_email, data, access_request_id,
        ${dueAt(sql`timing`, sql`coalesce(reader.time_zone, (select time_zone from house), 'UTC')`)}
      from jsonb_to_recordset(${storableJson(intents.map(toRow))}::text::jsonb) as intent(
        id uuid, kind text, recipient_id uuid, recipient_name text, recipient_email text, data jsonb, access_request_id uuid
      )
      left join users as reader on reader.id = intent.recipient_id
      cross join lateral (select reader.mail_timings ->> intent.kind as timing) as chosen
      where ((select kinds -> intent.kind from house) is distinct from 'false'::jsonb
          and timing is distinct from 'none')
        or intent.kind = any(${always}::text[])
      on conflict (id) do nothing
      returning 1
    )
    select pg_notify(${mailQueuedChannel}::text, '') from queued limit 1`)
}

/** The next morning of the reader's clock, or of a Monday, after this moment; this moment for what goes at once. */
function dueAt(timing: SQL, timeZone: SQL): SQL {
  const next = (unit: string) =>
    sql`(date_trunc(${unit}, now() at time zone ${timeZone} - ${digestHour} * interval '1 hour')
      + ('1 ' || ${unit})::interval + ${digestHour} * interval '1 hour') at time zone ${timeZone}`
  return sql`case ${timing} when 'daily' then ${next('day')} when 'weekly' then ${next('week')} else now() end`
}

function toRow({ key, kind, to, data, accessRequestId }: MailIntent) {
  return {
    id: mailIdOf(key),
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
  /**
   * Milliseconds for which mails of a kind are held back after somebody was sent one of it; those that come meanwhile
   * are claimed together. 0 holds back none.
   */
  gatherMs?: number
}

export interface ClaimedMail extends MailRow {
  /** Goes out as one with the others of its kind to the same person. */
  isGathered: boolean
}

export interface Claim {
  mails: ClaimedMail[]
  /** Milliseconds until those are due that were held back; null when none was. */
  heldForMs: number | null
  /** Whether more may be due. */
  isFull: boolean
}

/** The table of the people who get mails, with the columns that a mail is addressed by. */
export type Recipients = PgTable & Record<'id' | 'name' | 'email', PgColumn>

/** Most mails of a kind that one look takes along with those that are due. */
const mostTogether = 100

/** A mail goes to the person, not to the address they had when it was queued: somebody else may have that one by now. */
function nowOf(recipients: Recipients, column: 'name' | 'email', queued: AnyColumn): SQL {
  return sql`coalesce((select ${recipients[column]} from ${recipients} where ${recipients.id} = ${mails.recipientId}), ${queued})`
}

/**
 * Takes due mails, oldest first, and with each the others of its kind that are due to the same person and go out as one
 * with it. Those to people who decide or administer, who were sent one of the kind within `gatherMs`, are put off until
 * that time is over. Other dispatchers skip what is claimed until the lease ends.
 */
export async function claimDueMails(
  db: DbOrTx,
  recipients: Recipients,
  { limit, leaseMs, except, gatherMs = 0 }: ClaimOptions,
): Promise<Claim> {
  const isDue = and(sql`${mails.state} = 'queued'`, lte(mails.nextAttemptAt, sql`now()`), notHeld(except))
  const due = sql`select id, kind, recipient_id from ${mails} where ${isDue}
    order by next_attempt_at, id limit ${limit} for update skip locked`
  const together = sql`select id, kind, recipient_id from ${mails}
    where ${isDue} and ${goesTogether} and (recipient_id, kind) in (select recipient_id, kind from due)
    limit ${mostTogether} for update skip locked`
  // Whatever was claimed lately and is not claimed now: it was sent, is under way or was put off.
  const heldUntil = sql`(select max(other.claimed_at) + ${gatherMs} * interval '1 millisecond' from ${mails} other
    where other.recipient_id = claimed.recipient_id and other.kind = claimed.kind and claimed.kind = any(${gatheredKinds}::text[])
      and other.claimed_at > now() - ${gatherMs} * interval '1 millisecond' and other.id not in (select id from claimed))`
  const chosen = sql`with due as (${due}), together as (${together}),
    claimed as (select * from due union select * from together)
    select id, ${heldUntil} as held_until from claimed`
  const claimed = await db
    .update(mails)
    .set({
      attempts: sql`${mails.attempts} + case when held_until is null then 1 else 0 end`,
      nextAttemptAt: sql`coalesce(held_until, ${inMs(leaseMs)})`,
      claimedAt: sql`case when held_until is null then now() else ${mails.claimedAt} end`,
      recipientName: nowOf(recipients, 'name', mails.recipientName),
      recipientEmail: nowOf(recipients, 'email', mails.recipientEmail),
    })
    .from(sql`(${chosen}) as chosen`)
    .where(sql`${mails.id} = chosen.id`)
    .returning({
      ...getTableColumns(mails),
      isGathered: sql<boolean>`${goesTogether} and ${mails.recipientId} is not null`,
      heldMs: sql<number | null>`(extract(epoch from held_until - now()) * 1000)::float8`,
    })
  const held = claimed.flatMap(({ heldMs }) => heldMs ?? [])
  return {
    mails: claimed
      .flatMap(({ heldMs, ...mail }) => (heldMs === null ? [mail] : []))
      .sort((one, other) => (one.createdAt < other.createdAt ? -1 : 1)),
    heldForMs: held.length > 0 ? Math.min(...held) : null,
    isFull: claimed.length >= limit,
  }
}

/** Holds claimed mails for another `leaseMs`, while the server takes its time. */
export async function holdMails(db: DbOrTx, ids: string[], leaseMs: number): Promise<void> {
  await db
    .update(mails)
    .set({ nextAttemptAt: inMs(leaseMs) })
    .where(and(isOneOf(ids), eq(mails.state, 'queued')))
}

function isOneOf(ids: string[]): SQL {
  return sql`${mails.id} = any(${idList(ids)})`
}

/** The changed mails are counted, and what the server said is kept, in the same statement. */
async function settle(
  db: DbOrTx,
  ids: string[],
  { settled, counted }: Record<'settled' | 'counted', SQL>,
): Promise<void> {
  const isMine = and(isOneOf(ids), eq(mails.state, 'queued'))
  await db.execute(sql`
    with settled as (${settled} where ${isMine} returning 1),
    counted as (select count(*) as number from settled)
    update ${mailTotals} set ${counted} from counted where ${mailTotals.id} = 1 and number > 0`)
}

const failedWith = (error: string) => sql`last_failure_at = now(), last_failure = ${shortened(error)}`

/** What a mail said is not kept once it was sent: who got which kind, and when, is. */
export async function markMailsSent(db: DbOrTx, ids: string[]): Promise<void> {
  const sent = sql`update ${mails} set state = 'sent', sent_at = now(), last_error = null, data = '{}'`
  await settle(db, ids, { settled: sent, counted: sql`sent = sent + number, last_sent_at = now()` })
}

/** Takes mails out of the queue that nobody needs any more. What makes them needed again may queue them anew. */
export async function dropMails(db: DbOrTx, ids: string[]): Promise<void> {
  await settle(db, ids, { settled: sql`delete from ${mails}`, counted: sql`dropped = dropped + number` })
}

/** Milliseconds until the next mail that waits is due, by the database's clock; null when none waits. */
export async function msUntilNextMail(db: DbOrTx): Promise<number | null> {
  const ms = sql<number | null>`(extract(epoch from min(${mails.nextAttemptAt}) - now()) * 1000)::float8`
  const [row] = await db.select({ ms }).from(mails).where(eq(mails.state, 'queued'))
  return row?.ms ?? null
}

/** Due again after 1 s, 2 s, 4 s … at most 5 min, for ever. */
export async function putMailsOff(db: DbOrTx, ids: string[], error: string): Promise<void> {
  const delay = sql`least(interval '5 minutes', interval '1 second' * power(2, least(greatest(attempts - 1, 0), 20)))`
  const putOff = sql`update ${mails} set next_attempt_at = now() + ${delay}, last_error = ${shortened(error)}`
  await settle(db, ids, { settled: putOff, counted: sql`put_off = put_off + number, ${failedWith(error)}` })
}

/** Gives mails back that the server was not there for: due at once, and the try does not count. */
export async function giveMailsBack(db: DbOrTx, ids: string[], error: string): Promise<void> {
  const given = sql`update ${mails} set attempts = greatest(attempts - 1, 0), next_attempt_at = now(), claimed_at = null,
    last_error = ${shortened(error)}`
  await settle(db, ids, { settled: given, counted: failedWith(error) })
}

/** The mail server refused them for good. */
export async function markMailsRefused(db: DbOrTx, ids: string[], error: string): Promise<void> {
  const refused = sql`update ${mails} set state = 'failed', last_error = ${shortened(error)}, data = ${withoutToken}`
  await settle(db, ids, { settled: refused, counted: sql`refused = refused + number, ${failedWith(error)}` })
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
