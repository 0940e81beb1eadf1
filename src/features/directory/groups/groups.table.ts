import { isNull, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, instant, primaryId, updatedAt } from '../../../platform/db/columns.ts'
import { asWords } from '../../../platform/db/keyset.ts'
import { folded } from '../../../platform/db/search.ts'
import { connectors } from '../../connectors/connectors.table.ts'
import { peopleSources } from '../sources/sources.table.ts'

/** What a group is found by, as the index of it is made. */
export const searchedGroup = (group: { [Column in 'name' | 'description']: AnyPgColumn }) =>
  folded(sql`${group.name} || ' ' || ${group.description}`)

/** Named sets of users. Access is membership of a group, given through the group's connector (none: the directory itself). */
export const userGroups = pgTable(
  'user_groups',
  {
    id: primaryId(),
    name: text('name').notNull(),
    description: text('description').notNull().default(''),
    connectorId: uuid('connector_id').references(() => connectors.id),
    /** Where it came from, with its id there; null for a group that is kept here. */
    sourceId: uuid('source_id').references(() => peopleSources.id, { onDelete: 'set null' }),
    externalId: text('external_id'),
    /** The source that has deleted it, where it was kept for what needs it here: that source does not see it any more. */
    releasedBy: uuid('released_by').references(() => peopleSources.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    /** Deleted, and kept for the names in the history of access; nobody is in it and nothing can be done with it. */
    archivedAt: instant('archived_at'),
  },
  (table) => [
    uniqueIndex('user_groups_external_unique').on(table.sourceId, table.externalId),
    uniqueIndex('user_groups_name_unique').on(sql`lower(${table.name})`).where(sql`archived_at is null`),
    index('user_groups_search').using('gin', sql`(${searchedGroup(table)}) gin_trgm_ops`),
    index('user_groups_name_id').on(asWords(table.name), table.id),
  ],
)

/** Of groups that are not archived. */
export const isNotArchived = isNull(userGroups.archivedAt)
