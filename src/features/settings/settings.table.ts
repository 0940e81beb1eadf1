import { sql } from 'drizzle-orm'
import { boolean, check, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { languages } from '../../domain/shared/languages.ts'
import { updatedAt } from '../../platform/db/columns.ts'
import type { MailKind } from '../../platform/mail/mail.types.ts'

/** How much a person may ask for until somebody changes it. */
export const initialLimits = { requestsPerHour: 30, requestsPerHourToFlow: 10 }

/** How long things are kept until somebody changes it. */
export const initialRetention = {
  sentMailDays: 30,
  endedCredentialDays: 30,
  finishedRequestDays: null,
  auditEventDays: null,
}

/** How the service looks and speaks until somebody changes it. */
export const initialHouse = {
  companyName: null,
  companyColor: null,
  companyLogoUrl: null,
  mailReplyTo: null,
  language: 'en',
  timeZone: 'UTC',
} as const

export const initialTokenDays = 90

/** One row: what administrators can switch. */
export const settings = pgTable(
  'settings',
  {
    id: integer('id').primaryKey().default(1),
    /** Off: nobody can submit; what is open goes on. */
    requestsEnabled: boolean('requests_enabled').notNull().default(true),
    /** Shows requesters who must approve and how far their request is. */
    exposeProgress: boolean('expose_progress').notNull().default(true),
    /** Kinds that are switched off are `false`; a kind that is not named is on. */
    mails: jsonb('mails').$type<Partial<Record<MailKind, boolean>>>().notNull().default({}),
    /** The longest life of an API token. */
    longestTokenDays: integer('longest_token_days').notNull().default(initialTokenDays),
    /** How many requests a person may submit within an hour; 0 is no limit. */
    requestsPerHour: integer('requests_per_hour').notNull().default(initialLimits.requestsPerHour),
    /** The same, to one flow. */
    requestsPerHourToFlow: integer('requests_per_hour_to_flow').notNull().default(initialLimits.requestsPerHourToFlow),
    /** Days that sent mails are kept. */
    sentMailDays: integer('sent_mail_days').notNull().default(initialRetention.sentMailDays),
    /** Days that sessions, API tokens and links to set a password are kept once they have ended. */
    endedCredentialDays: integer('ended_credential_days').notNull().default(initialRetention.endedCredentialDays),
    /** Days that finished requests are kept once nothing is left of their access; for ever without a number. */
    finishedRequestDays: integer('finished_request_days'),
    /** Days that the events of Directory Insights are kept; for ever without a number. */
    auditEventDays: integer('audit_event_days'),
    /** What the company calls the service; null for its own name. */
    companyName: text('company_name'),
    /** `#rrggbb`, on which white can be read; null for the service's own. */
    companyColor: text('company_color'),
    companyLogoUrl: text('company_logo_url'),
    /** Where answers to mails go; null for nowhere. */
    mailReplyTo: text('mail_reply_to'),
    /** Of everybody who has not chosen one. */
    language: text('language', { enum: languages }).notNull().default('en'),
    /** IANA name; of everybody who has not chosen one. */
    timeZone: text('time_zone').notNull().default('UTC'),
    version: integer('version').notNull().default(1),
    updatedAt: updatedAt(),
  },
  (table) => [
    check('settings_single_row', sql`${table.id} = 1`),
    check('settings_token_days', sql`${table.longestTokenDays} between 1 and 366`),
    check('settings_sent_mail_days', sql`${table.sentMailDays} between 1 and 3650`),
    check('settings_ended_credential_days', sql`${table.endedCredentialDays} between 1 and 3650`),
    check('settings_finished_request_days', sql`${table.finishedRequestDays} between 1 and 3650`),
    check('settings_audit_event_days', sql`${table.auditEventDays} between 30 and 3650`),
    check('settings_requests_per_hour', sql`${table.requestsPerHour} between 0 and 10000`),
    check('settings_requests_per_hour_to_flow', sql`${table.requestsPerHourToFlow} between 0 and 10000`),
  ],
)
