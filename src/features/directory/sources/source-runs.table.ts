import { sql } from 'drizzle-orm'
import { boolean, check, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant, primaryId } from '../../../platform/db/columns.ts'
import { peopleSources } from './sources.table.ts'

export const runModes = ['full', 'changes'] as const
export const runOutcomes = ['done', 'held', 'failed'] as const

/** Each time that a source was read; the newest say what is there, and from where to go on. */
export const sourceRuns = pgTable(
  'source_runs',
  {
    id: primaryId(),
    sourceId: uuid('source_id')
      .notNull()
      .references(() => peopleSources.id, { onDelete: 'cascade' }),
    mode: text('mode', { enum: runModes }).notNull(),
    /** It only says what would come of it. */
    isDryRun: boolean('is_dry_run').notNull(),
    startedAt: instant('started_at').notNull().default(sql`now()`),
    endedAt: instant('ended_at'),
    outcome: text('outcome', { enum: runOutcomes }),
    /** What has come of it, in numbers and by name. */
    result: jsonb('result').$type<unknown>(),
    /** Why it failed or is held. */
    error: text('error'),
    /** The newest change that was read: a time or a number, as the server has it. */
    cursor: text('cursor'),
  },
  (table) => [
    index('source_runs_newest').on(table.sourceId, table.startedAt),
    check('source_runs_mode_known', sql`${table.mode} in ('full', 'changes')`),
    check('source_runs_outcome_known', sql`${table.outcome} in ('done', 'held', 'failed')`),
  ],
)
