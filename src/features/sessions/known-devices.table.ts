import { sql } from 'drizzle-orm'
import { index, pgTable, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytea, instant, primaryId } from '../../platform/db/columns.ts'
import { users } from '../directory/users/users.table.ts'

/** Browsers that people have signed in from. The cookie's token is kept as its SHA-256 only; several people may share one. */
export const knownDevices = pgTable(
  'known_devices',
  {
    /** Stays the same while tokens change: guesses are counted under it. */
    id: primaryId(),
    tokenHash: bytea('token_hash').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    signedInAt: instant('signed_in_at').notNull().default(sql`now()`),
  },
  (table) => [
    uniqueIndex('known_devices_token_unique').on(table.tokenHash, table.userId),
    index('known_devices_user').on(table.userId, table.signedInAt),
  ],
)
