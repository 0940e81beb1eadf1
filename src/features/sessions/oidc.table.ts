import { sql } from 'drizzle-orm'
import { boolean, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytea, createdAt, instant } from '../../platform/db/columns.ts'
import { users } from '../directory/users/users.table.ts'
import { sessions } from './sessions.table.ts'

/** Who somebody is at an identity provider. By this they are found from the second sign-in on, whatever their address. */
export const oidcIdentities = pgTable(
  'oidc_identities',
  {
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The role of administrator came by the claim, and goes with it. */
    gaveAdmin: boolean('gave_admin').notNull().default(false),
    createdAt: createdAt(),
    lastSignInAt: instant('last_sign_in_at').notNull().default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.issuer, table.subject] }),
    // Whoever has an account there keeps it from another one that is given their address later.
    uniqueIndex('oidc_identities_user_unique').on(table.userId, table.issuer),
  ],
)

/** Sessions that an identity provider has opened, and how it calls them: it may end them. */
export const oidcSessions = pgTable(
  'oidc_sessions',
  {
    sessionId: uuid('session_id')
      .primaryKey()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    /** The provider's session. */
    sid: text('sid'),
    /** For signing out there; encrypted with the service's key. */
    idToken: bytea('id_token').notNull(),
  },
  (table) => [
    index('oidc_sessions_subject').on(table.issuer, table.subject),
    index('oidc_sessions_sid').on(table.issuer, table.sid),
  ],
)

/** What a sign-in at the provider is for: to open a session, or to make an open one fresh. */
export const oidcPurposes = ['sign_in', 'fresh'] as const
export type OidcPurpose = (typeof oidcPurposes)[number]

/** Sign-ins under way at a provider. Nonce and code verifier follow from what the browser holds, and are kept nowhere. */
export const oidcAttempts = pgTable(
  'oidc_attempts',
  {
    /** SHA-256 of the state. */
    stateHash: bytea('state_hash').primaryKey(),
    /** SHA-256 of what the cookie of the browser holds. */
    browserHash: bytea('browser_hash').notNull(),
    purpose: text('purpose', { enum: oidcPurposes }).notNull(),
    /** The session to make fresh. */
    sessionId: uuid('session_id').references(() => sessions.id, { onDelete: 'cascade' }),
    /** Path of ours to go on to. */
    next: text('next').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('oidc_attempts_expires').on(table.expiresAt), index('oidc_attempts_session').on(table.sessionId)],
)

/** Logout tokens that were taken: none is taken twice. */
export const oidcLogoutTokens = pgTable(
  'oidc_logout_tokens',
  {
    issuer: text('issuer').notNull(),
    jti: text('jti').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.issuer, table.jti] }),
    index('oidc_logout_tokens_expires').on(table.expiresAt),
  ],
)
