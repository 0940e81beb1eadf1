import { sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Scope } from '../../domain/abilities.ts'
import { bytea, createdAt, instant, primaryId } from '../../platform/db/columns.ts'
import { peopleSources } from '../directory/sources/sources.table.ts'
import { users } from '../directory/users/users.table.ts'

/** Browser sessions. The cookie's token is kept as its SHA-256 only. */
export const sessions = pgTable(
  'sessions',
  {
    id: primaryId(),
    tokenHash: bytea('token_hash').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** From where it was opened. */
    clientIp: text('client_ip'),
    userAgent: text('user_agent'),
    createdAt: createdAt(),
    lastSeenAt: instant('last_seen_at').notNull().default(sql`now()`),
    /** When its user last showed that it is they, by password or at the identity provider: at sign-in, or asked again since. */
    authenticatedAt: instant('authenticated_at').notNull().default(sql`now()`),
    /** Absolute end, however busy the session is. */
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    uniqueIndex('sessions_token_unique').on(table.tokenHash),
    index('sessions_user').on(table.userId),
    index('sessions_expires').on(table.expiresAt),
  ],
)

/** Tokens of HTTP clients. Shown once; kept as SHA-256 only. */
export const apiTokens = pgTable(
  'api_tokens',
  {
    id: primaryId(),
    tokenHash: bytea('token_hash').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    scopes: text('scopes').array().$type<Scope[]>().notNull(),
    /** The token that it was made with: it ends with that one. */
    parentId: uuid('parent_id').references((): AnyPgColumn => apiTokens.id, { onDelete: 'cascade' }),
    /** The source of people that it is for, and for nothing else. */
    sourceId: uuid('source_id').references(() => peopleSources.id, { onDelete: 'cascade' }),
    /** Without an end a token opens nothing. */
    expiresAt: instant('expires_at'),
    lastUsedAt: instant('last_used_at'),
    lastUsedIp: text('last_used_ip'),
    revokedAt: instant('revoked_at'),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('api_tokens_token_unique').on(table.tokenHash),
    index('api_tokens_user').on(table.userId, table.createdAt, table.id),
    index('api_tokens_parent').on(table.parentId),
    index('api_tokens_source').on(table.sourceId),
  ],
)
