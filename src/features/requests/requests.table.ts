import { type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { boolean, check, index, integer, jsonb, pgTable, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { approvalTypes } from '../../domain/flow/flow.ts'
import type { AccessRequest } from '../../domain/request/record.ts'
import { openStatuses, queues, requestStatuses } from '../../domain/request/record.ts'
import { instant } from '../../platform/db/columns.ts'
import { asWords } from '../../platform/db/keyset.ts'
import { folded } from '../../platform/db/search.ts'
import { bucketOfRow } from './buckets.ts'

/** Final requests expire never, which sorts after everything that does. */
export const expiry = ({ expiresAt }: { expiresAt: AnyPgColumn }) =>
  sql<string>`coalesce(${expiresAt}, 'infinity'::timestamptz)`

/** The open statuses as literals: only with them does Postgres see that the indexes of open requests serve. */
export const openStatusList = sql.raw(openStatuses.map((status) => `'${status}'`).join(', '))

/**
 * Rows of manual requests that were granted or denied, as their index knows them. `updated_at` is when that was: later
 * changes of a closed request leave it as it is.
 */
export const isDecidedRow = sql.raw(`status in ('approved', 'denied') and approval_type = 'manual'`)

/** Rows that wait for any administrator, as their index knows them, and since when they do. */
export const isForAdministratorsRow = sql.raw(`queue = 'administrator' and status = 'pending'`)
export const forAdministratorsSince = sql.raw('coalesce(awaited_since[1], created_at)')

/**
 * The queue: one row a request, written by version; which version comes next is decided over it (`domain/request/arbiter.ts`).
 * `record` is the whole request; the other columns are what the queue filters, sorts and searches by.
 */
export const accessRequests = pgTable(
  'access_requests',
  {
    id: uuid('id').primaryKey(),
    version: integer('version').notNull(),
    status: text('status', { enum: requestStatuses }).notNull(),
    queue: text('queue', { enum: queues }).notNull(),
    approvalType: text('approval_type', { enum: approvalTypes }).notNull(),
    flowId: uuid('flow_id').notNull(),
    flowName: text('flow_name').notNull(),
    requesterId: uuid('requester_id').notNull(),
    requesterName: text('requester_name').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    expiresAt: instant('expires_at'),
    bucket: smallint('bucket').notNull().generatedAlwaysAs(sql.raw(bucketOfRow)),
    /** Assigned approvers the current steps wait for. Administrators decide from the queue and are not listed. */
    awaitedIds: uuid('awaited_ids').array().notNull().default([]),
    /** Since when each of them is waited for; while any administrator can decide, one moment: since when. */
    awaitedSince: instant('awaited_since').array().notNull().default([]),
    /** Everyone who has decided a step. */
    deciderIds: uuid('decider_ids').array().notNull().default([]),
    /** Users and groups on which the approvers depend: when one of them changes, the request looks again. */
    watchedIds: uuid('subject_ids').array().notNull().default([]),
    record: jsonb('state').$type<AccessRequest>().notNull(),
    /** False until its workflow is known to run. */
    started: boolean('started').notNull().default(false),
    /** Folded. Name and address of now, and the department, are searched in the directory. */
    searchText: text('search_text')
      .notNull()
      .generatedAlwaysAs(folded(sql`requester_name || ' ' || flow_name || ' ' || (state ->> 'reason')`)),
  },
  (table) => {
    const isOpen = sql`status in (${openStatusList})`
    return [
      // At most one open request of a person for a flow: submitting, and the catalogue's "pending".
      uniqueIndex('access_requests_one_open').on(table.requesterId, table.flowId).where(isOpen),
      // The orders of the queue; the first one also the export and counters of a part of a day.
      index('access_requests_by_created').on(table.bucket, table.createdAt, table.id),
      index('access_requests_by_requester').on(table.bucket, asWords(table.requesterName), table.id),
      index('access_requests_by_flow').on(table.bucket, asWords(table.flowName), table.id),
      index('access_requests_by_status').on(table.bucket, table.status, table.id),
      index('access_requests_by_expiry').on(table.bucket, expiry(table), table.id),
      // A person's own requests, those of people who are searched for, limits of submissions, erasure.
      index('access_requests_requester').on(table.requesterId, table.createdAt, table.id),
      // What was asked of a flow.
      index('access_requests_flow').on(table.flowId, table.createdAt, table.id),
      // Closing a flow.
      index('access_requests_open_of_flow').on(table.flowId, table.id).where(isOpen),
      // The worker starts what was kept while Temporal was away.
      index('access_requests_not_started').on(table.createdAt).where(sql`not started`),
      // Approvals: what waits for a person, and what they decided.
      index('access_requests_awaited').using('gin', table.awaitedIds).where(isOpen),
      index('access_requests_for_administrators').on(forAdministratorsSince, table.id).where(isForAdministratorsRow),
      // Whatever the overview reads of a decision, so that it does not look at the row.
      index('access_requests_decided')
        .on(table.updatedAt, table.createdAt, table.flowId, table.queue)
        .where(isDecidedRow),
      // What somebody has decided, in order. Most requests have one decider or two.
      index('access_requests_first_decider')
        .on(sql`(${table.deciderIds}[1])`, table.createdAt, table.id)
        .where(sql`cardinality(decider_ids) > 0`),
      index('access_requests_second_decider')
        .on(sql`(${table.deciderIds}[2])`, table.createdAt, table.id)
        .where(sql`cardinality(decider_ids) > 1`),
      index('access_requests_more_deciders').using('gin', table.deciderIds).where(sql`cardinality(decider_ids) > 2`),
      // Whoever changes in the directory: requests that depend on them look again.
      index('access_requests_subjects').using('gin', table.watchedIds).where(isOpen),
      // Search, where the latest requests have too few.
      index('access_requests_search').using('gin', sql`${table.searchText} gin_trgm_ops`),
      check(
        'access_requests_status_known',
        sql`${table.status} in ('pending', 'approved', 'denied', 'canceled', 'expired', 'missing_data', 'error')`,
      ),
      check('access_requests_queue_known', sql`${table.queue} in ('administrator', 'others')`),
      check('access_requests_version_positive', sql`${table.version} > 0`),
    ]
  },
)

/** What a person has decided: the conditions of the indexes that find it, of which one has to fit. */
export function decidedBy(userId: string): SQL[] {
  const { deciderIds } = accessRequests
  return [
    sql`${deciderIds}[1] = ${userId}::uuid and cardinality(decider_ids) > 0`,
    sql`${deciderIds}[2] = ${userId}::uuid and cardinality(decider_ids) > 1`,
    sql`${deciderIds} @> array[${userId}::uuid] and cardinality(decider_ids) > 2`,
  ]
}

/** Whether a row is an open request. */
export const isOpenRow = sql<boolean>`${accessRequests.status} in (${openStatusList})`
