import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytea, citext, createdAt, instant, primaryId } from '../../platform/db/columns.ts'
import { users } from '../directory/users/users.table.ts'

export const linkPurposes = ['reset', 'invitation'] as const
export type LinkPurpose = (typeof linkPurposes)[number]

/**
 * One-time links with which a person sets their password. The token is kept as its SHA-256 only.
 * Rows stay when their link has ended: they say who has caused a reset or an invitation of whom, and when.
 */
export const passwordLinks = pgTable(
  'password_links',
  {
    id: primaryId(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    purpose: text('purpose', { enum: linkPurposes }).notNull(),
    /** Where it was sent: it is of no use once the person has another address. */
    email: citext('email').notNull(),
    tokenHash: bytea('token_hash').notNull(),
    /** The administrator who caused it; nobody when it was asked for on the sign-in page. */
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    expiresAt: instant('expires_at').notNull(),
    /** Set when the link is of no use any more: used, replaced by a newer one, or ended with all credentials. */
    endedAt: instant('ended_at'),
    /** Set when a password was set with it. */
    usedAt: instant('used_at'),
  },
  (table) => [
    uniqueIndex('password_links_token_unique').on(table.tokenHash),
    uniqueIndex('password_links_one_live').on(table.userId).where(sql`ended_at is null`),
    index('password_links_created_by').on(table.createdBy, table.createdAt),
    check('password_links_purpose_known', sql`${table.purpose} in ('reset', 'invitation')`),
  ],
)
