import { index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** Failed sign-ins per address, shared by all processes. Columns as rate-limiter-flexible wants them. */
export const rateLimits = pgTable(
  'rate_limits',
  {
    key: text('key').primaryKey(),
    points: integer('points').notNull(),
    expire: timestamp('expire', { withTimezone: true }),
  },
  (table) => [index('rate_limits_expire').on(table.expire)],
)
