import { sql } from 'drizzle-orm'
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

/** What was erased of a row. */
export interface ErasedPart {
  /** Ids of the erasures; an event of the log tells of each. */
  erasures: string[]
  /** Names of the columns. */
  fields: string[]
  /** Covers all of this and what is left of the personal part; base64. */
  mark: string
}

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
    searchText: text('search_text').notNull(),
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
    uniqueIndex('audit_events_id_unique').on(table.id),
    uniqueIndex('audit_events_source_unique').on(table.sourceKey),
    index('audit_events_timestamp').on(table.timestamp, table.seq),
    index('audit_events_type').on(table.eventType, table.seq),
    index('audit_events_initiated_by').on(table.initiatedById, table.seq),
    index('audit_events_request').on(table.accessRequestId, table.seq),
    index('audit_events_search').using('gin', table.searchText.op('gin_trgm_ops')),
  ],
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
