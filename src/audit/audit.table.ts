import { bigint, boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytea, instant } from '../db/columns.ts'

export interface AuditChange {
  field: string
  from: unknown
  to: unknown
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
