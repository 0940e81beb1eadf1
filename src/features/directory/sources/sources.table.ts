import { sql } from 'drizzle-orm'
import { check, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { sourceKinds } from '../../../domain/shared/managed.ts'
import { bytea, createdAt, primaryId, updatedAt } from '../../../platform/db/columns.ts'

/** Systems that people and groups come from. What came from one is changed there, and only read here. */
export const peopleSources = pgTable(
  'people_sources',
  {
    id: primaryId(),
    name: text('name').notNull(),
    kind: text('kind', { enum: sourceKinds }).notNull(),
    /** Of a source that we read: where, and what of it. */
    config: jsonb('config').notNull().default({}),
    /** What we sign in with there, encrypted with the service's key. */
    secret: bytea('secret'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    uniqueIndex('people_sources_name_unique').on(sql`lower(${table.name})`),
    check('people_sources_kind_known', sql`${table.kind} in ('scim', 'ldap')`),
  ],
)
