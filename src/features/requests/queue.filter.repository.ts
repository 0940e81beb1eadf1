/** The queue's filters as SQL: AND between filters, OR inside one. */

import { and, eq, gte, ilike, inArray, lt, type SQL, sql } from 'drizzle-orm'
import { isUuid } from '../../domain/shared/uuid.ts'
import { asWords, containing, keyset, type Slice } from '../../platform/db/keyset.ts'
import type { RequestFilter, RequestSort } from './requests.schemas.ts'
import { accessRequests } from './requests.table.ts'

function byRequester(requester: string): SQL | undefined {
  return isUuid(requester)
    ? eq(accessRequests.requesterId, requester)
    : ilike(accessRequests.requesterName, containing(requester))
}

export type QueueSlice = Slice<RequestSort>

/** Where-clause of the filters; `queue` is left out for counters, which count both. */
// oxlint-disable-next-line complexity -- a list of optional filters
export function whereOf(filter: RequestFilter, { withQueue = true } = {}): SQL | undefined {
  const { queue, status, approvalType, requester, from, to, q } = filter
  return and(
    withQueue && queue ? eq(accessRequests.queue, queue) : undefined,
    status?.length ? inArray(accessRequests.status, status) : undefined,
    approvalType?.length ? inArray(accessRequests.approvalType, approvalType) : undefined,
    requester ? byRequester(requester) : undefined,
    from ? gte(accessRequests.createdAt, from) : undefined,
    to ? lt(accessRequests.createdAt, to) : undefined,
    q ? sql`${accessRequests.searchText} like lower(${containing(q)})` : undefined,
  )
}

/** What the queue can be sorted by, as its indexes are. */
const sortColumns = {
  createdAt: accessRequests.createdAt,
  requesterName: asWords(accessRequests.requesterName),
  flowName: asWords(accessRequests.flowName),
  status: accessRequests.status,
  // Final requests expire never, which sorts after everything that does.
  expiresAt: sql`coalesce(${accessRequests.expiresAt}, 'infinity'::timestamptz)`,
}

/** Condition and order of a slice of the queue. */
export function pageOf(slice: Pick<QueueSlice, 'sort' | 'after'>) {
  return keyset(sortColumns, accessRequests.id, slice)
}
