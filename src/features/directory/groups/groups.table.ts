import { sql } from 'drizzle-orm'
import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, primaryId, updatedAt } from '../../../platform/db/columns.ts'
import { asWords } from '../../../platform/db/keyset.ts'
import { connectors } from '../../connectors/connectors.table.ts'

/** Named sets of users. Access is membership of a group, given through the group's connector (none: the directory itself). */
export const userGroups = pgTable(
  'user_groups',
  {
    id: primaryId(),
    name: text('name').notNull(),
    description: text('description').notNull().default(''),
    connectorId: uuid('connector_id').references(() => connectors.id),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    uniqueIndex('user_groups_name_unique').on(sql`lower(${table.name})`),
    index('user_groups_name_id').on(asWords(table.name), table.id),
  ],
)
