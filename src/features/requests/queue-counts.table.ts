import { date, integer, pgTable, primaryKey, smallint } from 'drizzle-orm/pg-core'

/**
 * How many requests of each day (UTC, of their submission) each bucket holds, and under the day `-infinity` how many at all.
 * Changes since the last sum stand in `request_count_changes`: nobody who writes a request waits for another for a counter.
 */
export const requestCounts = pgTable(
  'request_counts',
  {
    day: date('day').notNull(),
    bucket: smallint('bucket').notNull(),
    count: integer('count').notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.bucket] })],
)

/** Written by a trigger on `access_requests`: one less where a request was, one more where it is. */
export const requestCountChanges = pgTable('request_count_changes', {
  day: date('day').notNull(),
  bucket: smallint('bucket').notNull(),
  change: smallint('change').notNull(),
})
