import { sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { AuditChange } from '../../domain/audit-entry.ts'
import { bytea, instant } from '../../platform/db/columns.ts'
import { folded } from '../../platform/db/search.ts'

/** What was erased of a row. */
export interface ErasedPart {
  /** Ids of the erasures; an event of the log tells of each. */
  erasures: string[]
  /** Names of the columns. */
  fields: string[]
  /** Covers all of this and what is left of the personal part; base64. */
  mark: string
}

/** A text as an index knows it: in small letters, and no longer than one takes. */
export const searched = (column: AnyPgColumn) => sql`left(lower(${column}), 500)`

/** Id of the user to whom something was done: of the resource, or the member whom a group got or lost. */
export const concernedUser = ({
  resourceType,
  resourceId,
  changes,
}: {
  [Column in 'resourceType' | 'resourceId' | 'changes']: AnyPgColumn
}) =>
  sql`case ${resourceType} when 'user' then ${resourceId} when 'user_group' then coalesce(${changes} #>> '{0,to,id}', ${changes} #>> '{0,from,id}') end`

/** Rows that may have such a user, as their index knows them. */
export const mayConcernUser = sql.raw(`resource_type in ('user', 'user_group')`)

/** Directory Insights: append-only (a trigger refuses the rest) and chained by keyed hashes. */
export const auditEvents = pgTable(
  'audit_events',
  {
    /** Place in the chain, without gaps; 1 is the first. */
    seq: bigint('seq', { mode: 'number' }).primaryKey(),
    id: uuid('id').notNull(),
    eventType: text('event_type').notNull(),
    timestamp: instant('timestamp').notNull(),
    initiatedById: uuid('initiated_by_id'),
    initiatedByType: text('initiated_by_type').notNull(),
    initiatedByEmail: text('initiated_by_email'),
    accessRequestId: uuid('access_request_id'),
    resourceType: text('resource_type').notNull(),
    resourceId: text('resource_id'),
    resourceName: text('resource_name'),
    workflowId: text('workflow_id'),
    changes: jsonb('changes').$type<AuditChange[]>().notNull(),
    clientIp: text('client_ip'),
    userAgent: text('user_agent'),
    success: boolean('success').notNull(),
    errorMessage: text('error_message'),
    internalNote: text('internal_note'),
    /** Names the event that is recorded, so that recording it again adds nothing. */
    sourceKey: text('source_key').notNull(),
    /** Only in older rows: what they were found by. */
    searchText: text('search_text'),
    /** How the row enters the chain: 1 as a whole, without `search_text`; 2 with its personal part as a digest. */
    format: smallint('format').notNull().default(1),
    /** Random; the digest is made with it. Gone once something of the personal part was erased. */
    personalKey: bytea('personal_key'),
    personalDigest: bytea('personal_digest'),
    erased: jsonb('erased').$type<ErasedPart>(),
    previousHash: bytea('previous_hash').notNull(),
    hash: bytea('hash').notNull(),
  },
  (table) => [
    // One event by its id.
    uniqueIndex('audit_events_id_unique').on(table.id),
    // What was added before. Each decision asks for it, and without statistics Postgres finds it by index only when it is unique.
    uniqueIndex('audit_events_source_unique').on(table.sourceKey),
    // The log in its order: all of it, by type, by initiator.
    index('audit_events_timestamp').on(table.timestamp, table.seq),
    index('audit_events_by_type').on(table.eventType, table.timestamp, table.seq),
    index('audit_events_by_initiator').on(table.initiatedById, table.timestamp, table.seq),
    // By a text: see `auditTexts`.
    index('audit_events_by_address')
      .on(searched(table.initiatedByEmail), table.timestamp, table.seq)
      .where(sql`initiated_by_email is not null`),
    index('audit_events_by_resource')
      .on(searched(table.resourceName), table.timestamp, table.seq)
      .where(sql`resource_name is not null`),
    index('audit_events_by_error')
      .on(searched(table.errorMessage), table.timestamp, table.seq)
      .where(sql`error_message is not null`),
    // By the person whom it concerns.
    index('audit_events_of_user')
      .on(sql`(${concernedUser(table)})`, table.timestamp, table.seq)
      .where(mayConcernUser),
    // Few events have one.
    index('audit_events_note_search')
      .using('gin', sql`${folded(table.internalNote)} gin_trgm_ops`)
      .where(sql`internal_note is not null`),
    // The few events of a request.
    index('audit_events_of_request').on(table.accessRequestId).where(sql`access_request_id is not null`),
  ],
)

/**
 * Each address, name and error message of the log once: a search finds the few that match, and by these the events. A trigger
 * keeps it, so that a text goes with the last event that has it.
 */
export const auditTexts = pgTable(
  'audit_texts',
  {
    /** As the indexes of the log know it. */
    text: text('text').primaryKey(),
    /** As it is searched. */
    folded: text('folded').notNull().generatedAlwaysAs(folded(sql`text`)),
  },
  (table) => [index('audit_texts_folded').using('gin', table.folded.op('gin_trgm_ops'))],
)

/** The end of the chain, with a mac, so that cutting off its end is found too. Locked while events are added. */
export const auditHead = pgTable('audit_head', {
  id: integer('id').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  hash: bytea('hash').notNull(),
  mac: bytea('mac').notNull(),
  /** The chain's own key, sealed with the service's encryption key: who can only write SQL cannot forge a hash. */
  sealedKey: bytea('sealed_key').notNull(),
})

/** The key that signs checkpoints (Ed25519): the public half as DER (SPKI), the private one (PKCS 8) sealed like the chain's key. */
export const auditSigningKey = pgTable(
  'audit_signing_key',
  {
    id: integer('id').primaryKey().default(1),
    publicKey: bytea('public_key').notNull(),
    sealedPrivateKey: bytea('sealed_private_key').notNull(),
  },
  (table) => [check('audit_signing_key_single_row', sql`${table.id} = 1`)],
)

/** Signed statements of what the chain's end was: sequence and hash of its last row, both zero before the first. */
export const auditCheckpoints = pgTable('audit_checkpoints', {
  sequence: bigint('sequence', { mode: 'number' }).primaryKey(),
  hash: bytea('hash').notNull(),
  signedAt: instant('signed_at').notNull(),
  signature: bytea('signature').notNull(),
})
