import { date, integer, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { queues } from '../../domain/request/record.ts'

/**
 * How long manual requests took from submission to grant or denial: how many of each flow took how long, `since` the first
 * day of each of the last 13 months (UTC) until now. A period of any length is one of these, and some weeks of requests before.
 * Changes since the last sum stand in `decision_time_changes`, as those of the counters do in `request_count_changes`.
 */
export const decisionTimes = pgTable(
  'decision_times',
  {
    since: date('since').notNull(),
    flowId: uuid('flow_id').notNull(),
    queue: text('queue', { enum: queues }).notNull(),
    /** Classes are eighths of a doubling: see `time_class` in the database. */
    timeClass: smallint('time_class').notNull(),
    count: integer('count').notNull(),
  },
  (table) => [primaryKey({ columns: [table.since, table.flowId, table.queue, table.timeClass] })],
)

/** Written by a trigger on `access_requests`: one less where a decided request was, one more where it is. */
export const decisionTimeChanges = pgTable('decision_time_changes', {
  /** The first day of the month (UTC) of the decision. */
  month: date('month').notNull(),
  flowId: uuid('flow_id').notNull(),
  queue: text('queue', { enum: queues }).notNull(),
  timeClass: smallint('time_class').notNull(),
  change: smallint('change').notNull(),
})
