import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, instant } from '../db/columns.ts'
import type { MailKind } from './mail.types.ts'

export const mailStates = ['queued', 'sent', 'failed'] as const

/** Outbox and delivery ledger in one: queued in the transaction that made the event, kept after it was sent. */
export const mails = pgTable(
  'mails',
  {
    /** Made of the key of its event (`mailIdOf`): one event gives one mail. */
    id: uuid('id').primaryKey(),
    kind: text('kind').$type<MailKind>().notNull(),
    recipientId: uuid('recipient_id'),
    recipientName: text('recipient_name').notNull(),
    recipientEmail: text('recipient_email').notNull(),
    /** What the mail says; empty once it was sent. */
    data: jsonb('data').notNull(),
    accessRequestId: uuid('access_request_id'),
    state: text('state', { enum: mailStates }).notNull().default('queued'),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: instant('next_attempt_at').notNull().default(sql`now()`),
    lastError: text('last_error'),
    /** When a dispatcher last took it to send it. Others of its kind to the same person are gathered for a while then. */
    claimedAt: instant('claimed_at'),
    createdAt: createdAt(),
    sentAt: instant('sent_at'),
  },
  (table) => [
    // What the dispatcher takes next.
    index('mails_due').on(table.nextAttemptAt).where(sql`state = 'queued'`),
    // Others of a kind to the same person: those that wait, and the last one that was sent.
    index('mails_recipient_kind').on(table.recipientId, table.kind, table.claimedAt),
    // The list of those that were refused or wait.
    index('mails_unsent').on(table.createdAt, table.id).where(sql`state <> 'sent'`),
    // Removal of old requests with their mails, and erasure.
    index('mails_request').on(table.accessRequestId),
    check('mails_state_known', sql`${table.state} in ('queued', 'sent', 'failed')`),
  ],
)

const count = (name: string) => bigint(name, { mode: 'number' }).notNull().default(0)

/** One row: what has become of all mails, also of those that are not kept any more, and what the mail server said last. */
export const mailTotals = pgTable(
  'mail_totals',
  {
    id: integer('id').primaryKey().default(1),
    sent: count('sent'),
    refused: count('refused'),
    /** Tries after which a mail waited for another one. */
    putOff: count('put_off'),
    /** Not sent, because nobody needed them any more. */
    dropped: count('dropped'),
    lastSentAt: instant('last_sent_at'),
    lastFailureAt: instant('last_failure_at'),
    /** In the words of the server, or why it could not be reached. */
    lastFailure: text('last_failure'),
  },
  (table) => [check('mail_totals_single_row', sql`${table.id} = 1`)],
)
