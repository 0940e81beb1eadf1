import { sql } from 'drizzle-orm'
import { boolean, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, primaryId, updatedAt } from '../../../platform/db/columns.ts'
import { asWords } from '../../../platform/db/keyset.ts'
import { users } from '../../directory/users/users.table.ts'

/** What the address of the queue holds: see `viewSearch`. */
export type ViewSearch = Partial<Record<string, string>>

/** Views of the queue that somebody has saved. The one without an owner is locked, and first in every list. */
export const queueViews = pgTable(
  'queue_views',
  {
    id: primaryId(),
    ownerId: uuid('owner_id').references(() => users.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    search: jsonb('search').$type<ViewSearch>().notNull(),
    /** Every administrator sees it. */
    shared: boolean('shared').notNull().default(false),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    /** What lists are sorted by. */
    place: text('place').notNull().generatedAlwaysAs(sql`case when owner_id is null then '' else name end`),
  },
  (table) => [
    uniqueIndex('queue_views_name_unique').on(table.ownerId, sql`lower(${table.name})`),
    index('queue_views_shared').on(asWords(table.place), table.id).where(sql`shared`),
  ],
)

/** Which view opens for whom. Nobody has to choose one. */
export const defaultQueueViews = pgTable(
  'default_queue_views',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    viewId: uuid('view_id')
      .notNull()
      .references(() => queueViews.id, { onDelete: 'cascade' }),
  },
  (table) => [index('default_queue_views_view').on(table.viewId)],
)
