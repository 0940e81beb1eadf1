import { sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { boolean, check, index, integer, jsonb, pgTable, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { approvalTypes } from '../../domain/flow/flow.ts'
import type { AccessRequest } from '../../domain/request/record.ts'
import { openStatuses, queues, requestStatuses } from '../../domain/request/record.ts'
import { instant } from '../../platform/db/columns.ts'
import { asWords } from '../../platform/db/keyset.ts'
import { bucketOfRow } from './buckets.ts'

/** Final requests expire never, which sorts after everything that does. */
export const expiry = ({ expiresAt }: { expiresAt: AnyPgColumn }) =>
  sql<string>`coalesce(${expiresAt}, 'infinity'::timestamptz)`

/** The open statuses as literals: only with them does Postgres see that the indexes of open requests serve. */
export const openStatusList = sql.raw(openStatuses.map((status) => `'${status}'`).join(', '))

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
    /** Everyone who has decided a step. */
    deciderIds: uuid('decider_ids').array().notNull().default([]),
    /** Users and groups on which the approvers depend: when one of them changes, the request looks again. */
    watchedIds: uuid('subject_ids').array().notNull().default([]),
    record: jsonb('state').$type<AccessRequest>().notNull(),
    /** False until its workflow is known to run. */
    started: boolean('started').notNull().default(false),
    searchText: text('search_text')
      .notNull()
      .generatedAlwaysAs(
        sql`lower(requester_name || ' ' || flow_name || ' ' || (state ->> 'reason') || ' ' || (id::text))`,
      ),
  },
  (table) => {
    const isOpen = sql`status in (${openStatusList})`
    return [
      uniqueIndex('access_requests_one_open').on(table.requesterId, table.flowId).where(isOpen),
      // The orders of the queue.
      index('access_requests_by_created').on(table.bucket, table.createdAt, table.id),
      index('access_requests_by_requester').on(table.bucket, asWords(table.requesterName), table.id),
      index('access_requests_by_flow').on(table.bucket, asWords(table.flowName), table.id),
      index('access_requests_by_status').on(table.bucket, table.status, table.id),
      index('access_requests_by_expiry').on(table.bucket, expiry(table), table.id),
      index('access_requests_requester_search').using('gin', sql`${table.requesterName} gin_trgm_ops`),
      index('access_requests_requester').on(table.requesterId, table.createdAt, table.id),
      index('access_requests_open_of_flow').on(table.flowId, table.id).where(isOpen),
      index('access_requests_not_started').on(table.createdAt).where(sql`not started`),
      index('access_requests_awaited').using('gin', table.awaitedIds).where(isOpen),
      index('access_requests_deciders').using('gin', table.deciderIds),
      index('access_requests_subjects').using('gin', table.watchedIds).where(isOpen),
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

/** Whether a row is an open request. */
export const isOpenRow = sql<boolean>`${accessRequests.status} in (${openStatusList})`
