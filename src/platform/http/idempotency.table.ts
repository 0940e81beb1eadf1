import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, createdAt, instant } from '../db/columns.ts'

/** What was answered to a caller's key, for 24 hours. Answers are encrypted: some of them show a secret once. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    callerId: uuid('caller_id').notNull(),
    key: text('key').notNull(),
    /** SHA-256 of method, path and body. */
    fingerprint: bytea('fingerprint').notNull(),
    /** Id of whatever the call makes; doing it again under the same id does nothing twice. */
    operationId: uuid('operation_id').notNull(),
    status: integer('status'),
    answer: bytea('answer'),
    /** Who works on the call right now: another id each time somebody takes it up. */
    claim: uuid('claim'),
    /** Renewed while the work goes on; past it, whoever held the claim is taken for dead. */
    claimedUntil: instant('claimed_until'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.callerId, table.key] }),
    index('idempotency_keys_created').on(table.createdAt),
  ],
)
