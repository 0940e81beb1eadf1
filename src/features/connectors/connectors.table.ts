import { sql } from 'drizzle-orm'
import { check, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytea, createdAt, instant, primaryId, updatedAt } from '../../platform/db/columns.ts'

/** Kinds of systems that access is given in. `local` needs no row: it is the directory itself. */
export const connectorKinds = ['webhook'] as const
export type ConnectorKind = (typeof connectorKinds)[number]

export interface WebhookConfig {
  url: string
}

export const connectors = pgTable(
  'connectors',
  {
    id: primaryId(),
    name: text('name').notNull(),
    kind: text('kind', { enum: connectorKinds }).notNull(),
    config: jsonb('config').$type<WebhookConfig>().notNull(),
    /** Signing secret, encrypted with the service's key. */
    secret: bytea('secret').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    /** Deleted, and kept for the names in the history of access; nothing is given through it. */
    archivedAt: instant('archived_at'),
  },
  (table) => [
    uniqueIndex('connectors_name_unique').on(sql`lower(${table.name})`).where(sql`archived_at is null`),
    check('connectors_kind_known', sql`${table.kind} in ('webhook')`),
  ],
)
