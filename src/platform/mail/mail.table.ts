import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, instant, primaryId } from '../db/columns.ts'
import type { MailKind } from './mail.types.ts'

export const mailStates = ['queued', 'sent', 'failed'] as const

/** Outbox and delivery ledger in one: queued in the transaction that made the event, kept after it was sent. */
export const mails = pgTable(
  'mails',
  {
    id: primaryId(),
    key: text('key').notNull(),
    kind: text('kind').$type<MailKind>().notNull(),
    recipientId: uuid('recipient_id'),
    recipientName: text('recipient_name').notNull(),
    recipientEmail: text('recipient_email').notNull(),
    data: jsonb('data').notNull(),
    accessRequestId: uuid('access_request_id'),
    state: text('state', { enum: mailStates }).notNull().default('queued'),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: instant('next_attempt_at').notNull().default(sql`now()`),
    lastError: text('last_error'),
    createdAt: createdAt(),
    sentAt: instant('sent_at'),
  },
  (table) => [
    uniqueIndex('mails_key_unique').on(table.key),
    index('mails_due').on(table.nextAttemptAt).where(sql`state = 'queued'`),
    index('mails_request').on(table.accessRequestId),
    check('mails_state_known', sql`${table.state} in ('queued', 'sent', 'failed')`),
  ],
)
