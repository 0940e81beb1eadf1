import { sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { boolean, check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { citext, createdAt, instant, primaryId, updatedAt } from '../../../platform/db/columns.ts'
import { asWords } from '../../../platform/db/keyset.ts'

export const userStates = ['staged', 'activated', 'suspended'] as const
export type UserState = (typeof userStates)[number]

/** None; a first one that has to be changed; one that only the user knows. */
export const passwordKinds = ['none', 'initial', 'own'] as const
export type PasswordKind = (typeof passwordKinds)[number]

/** The directory. A user without a password signs in by the identity provider. */
export const users = pgTable(
  'users',
  {
    id: primaryId(),
    name: text('name').notNull(),
    email: citext('email').notNull(),
    department: text('department'),
    jobTitle: text('job_title'),
    managerId: uuid('manager_id').references((): AnyPgColumn => users.id, { onDelete: 'set null' }),
    state: text('state', { enum: userStates }).notNull().default('activated'),
    roles: text('roles').array().notNull().default([]),
    /** When they were last suspended: access from before has ended. Set by a trigger, and kept. */
    suspendedAt: instant('suspended_at'),
    /** argon2id, PHC string. */
    passwordHash: text('password_hash'),
    lastSignInAt: instant('last_sign_in_at'),
    /** Somebody else has chosen the password: until it is changed, a session does nothing but that. */
    mustChangePassword: boolean('must_change_password').notNull().default(false),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    uniqueIndex('users_email_unique').on(table.email),
    index('users_name_id').on(asWords(table.name), table.id),
    index('users_created_at_id').on(table.createdAt, table.id),
    index('users_manager').on(table.managerId),
    index('users_administrators').on(table.id).where(sql`'admin' = any(roles)`),
    index('users_search').using(
      'gin',
      sql`(lower(${table.name} || ' ' || coalesce(${table.department}, ''))) gin_trgm_ops`,
    ),
    check('users_state_known', sql`${table.state} in ('staged', 'activated', 'suspended')`),
    check('users_not_own_manager', sql`${table.managerId} is distinct from ${table.id}`),
  ],
)
