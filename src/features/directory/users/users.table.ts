import { sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { boolean, check, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { type PersonState, personStates } from '../../../domain/directory/people.ts'
import { languages } from '../../../domain/shared/languages.ts'
import { citext, createdAt, instant, primaryId, updatedAt } from '../../../platform/db/columns.ts'
import { asWords } from '../../../platform/db/keyset.ts'
import { folded } from '../../../platform/db/search.ts'
import type { MailTimings } from '../../../platform/mail/mail.types.ts'
import { peopleSources } from '../sources/sources.table.ts'

export const userStates = personStates
export type UserState = PersonState

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
    /** Where they came from, with their id there; null for somebody who is kept here. */
    sourceId: uuid('source_id').references((): AnyPgColumn => peopleSources.id, { onDelete: 'set null' }),
    externalId: text('external_id'),
    /** When their source took them away. They are suspended, and known for what they had and did. */
    removedAt: instant('removed_at'),
    /** When somebody other than their source suspended them: until that is taken back here, the source cannot activate them. */
    suspendedHereAt: instant('suspended_here_at'),
    /** What their source says of them and nothing here uses, to be given back to it as it was sent. */
    sourceProfile: jsonb('source_profile').$type<Record<string, unknown>>().notNull().default({}),
    /** argon2id, PHC string. */
    passwordHash: text('password_hash'),
    lastSignInAt: instant('last_sign_in_at'),
    /** Of their mails and of the portals; null for that of the organisation. */
    language: text('language', { enum: languages }),
    /** IANA name; null for that of the organisation. */
    timeZone: text('time_zone'),
    /** When mails of a kind go out; at once for a kind that is not named. */
    mailTimings: jsonb('mail_timings').$type<MailTimings>().notNull().default({}),
    /** Somebody else has chosen the password: until it is changed, a session does nothing but that. */
    mustChangePassword: boolean('must_change_password').notNull().default(false),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    /** What a user is found by; folded. */
    searchText: text('search_text')
      .notNull()
      .generatedAlwaysAs(folded(sql`name || ' ' || coalesce(department, '') || ' ' || email::text`)),
    /** What somebody is called, where a person is meant and not everybody of a department; folded. */
    personText: text('person_text').notNull().generatedAlwaysAs(folded(sql`name || ' ' || email::text`)),
  },
  (table) => [
    uniqueIndex('users_external_unique').on(table.sourceId, table.externalId),
    uniqueIndex('users_email_unique').on(table.email),
    // What a person is called at their source, which is their address where it says nothing else.
    uniqueIndex('users_user_name_unique').on(sql`lower(coalesce(source_profile->>'userName', email::text))`),
    index('users_name_id').on(asWords(table.name), table.id),
    index('users_not_activated').on(asWords(table.name), table.id).where(sql`state <> 'activated'`),
    index('users_created_at_id').on(table.createdAt, table.id),
    index('users_manager').on(table.managerId),
    index('users_administrators').on(table.id).where(sql`'admin' = any(roles)`),
    index('users_search').using('gin', table.searchText.op('gin_trgm_ops')),
    index('users_person_search').using('gin', table.personText.op('gin_trgm_ops')),
    // Departments, and requests of their people.
    index('users_department').on(folded(sql`department`), table.department),
    check('users_state_known', sql`${table.state} in ('staged', 'activated', 'suspended')`),
    check('users_not_own_manager', sql`${table.managerId} is distinct from ${table.id}`),
  ],
)
