import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, primaryId, updatedAt } from '../../../platform/db/columns.ts'
import { asWords } from '../../../platform/db/keyset.ts'
import { userGroups } from '../groups/groups.table.ts'

/** What people open in their portal when they are in one of its groups. */
export const applications = pgTable(
  'applications',
  {
    id: primaryId(),
    name: text('name').notNull(),
    url: text('url').notNull(),
    logoUrl: text('logo_url'),
    color: text('color'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [index('applications_name_id').on(asWords(table.name), table.id)],
)

export const applicationGroups = pgTable(
  'application_groups',
  {
    applicationId: uuid('application_id')
      .notNull()
      .references(() => applications.id, { onDelete: 'cascade' }),
    groupId: uuid('group_id')
      .notNull()
      .references(() => userGroups.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.groupId] }),
    index('application_groups_group').on(table.groupId),
  ],
)
