import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { AccountAct } from '../../../domain/request/four-eyes.ts'
import { createdAt, primaryId } from '../../../platform/db/columns.ts'
import { users } from './users.table.ts'

/** Who has made, promoted or reset whom: see `domain/request/four-eyes.ts`. */
export const accountActs = pgTable(
  'account_acts',
  {
    id: primaryId(),
    actorId: uuid('actor_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    act: text('act').$type<AccountAct>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    index('account_acts_pair').on(table.actorId, table.userId, table.createdAt),
    check('account_acts_act_known', sql`${table.act} in ('made', 'promoted', 'credentials_reset')`),
  ],
)
