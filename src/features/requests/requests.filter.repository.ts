/** The queue's filters as SQL: AND between filters, OR inside one. */

import { and, eq, gte, ilike, inArray, lt, type SQL, sql } from 'drizzle-orm'
import { isUuid } from '../../domain/shared/uuid.ts'
import { asWords, containing } from '../../platform/db/keyset.ts'
import type { Cursor } from '../../platform/http/cursor.ts'
import type { RequestFilter, RequestSort } from './requests.schemas.ts'
import { accessRequests } from './requests.table.ts'

function byRequester(requester: string): SQL | undefined {
  return isUuid(requester)
    ? eq(accessRequests.requesterId, requester)
    : ilike(accessRequests.requesterName, containing(requester))
}

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

/** Final requests expire never, which sorts after everything that does. */
const expiresSort = sql`coalesce(${accessRequests.expiresAt}, 'infinity'::timestamptz)`

const sortColumns = {
  createdAt: accessRequests.createdAt,
  requesterName: asWords(accessRequests.requesterName),
  flowName: asWords(accessRequests.flowName),
  status: accessRequests.status,
  expiresAt: expiresSort,
} as const

export type SortField = keyof typeof sortColumns

export function sortOf(sort: RequestSort): { field: SortField; isDescending: boolean } {
  const isDescending = sort.startsWith('-')
  return { field: sort.replace(/^-/, '') as SortField, isDescending }
}

/** Order by the sort column, then id, both in the same direction, as the indexes are. */
export function orderOf(sort: RequestSort): SQL[] {
  const { field, isDescending } = sortOf(sort)
  const direction = isDescending ? sql.raw('desc') : sql.raw('asc')
  return [sql`${sortColumns[field]} ${direction}`, sql`${accessRequests.id} ${direction}`]
}

/** Rows after the cursor in this order. */
export function afterOf(sort: RequestSort, cursor: Cursor | undefined): SQL | undefined {
  if (!cursor) return undefined
  const { field, isDescending } = sortOf(sort)
  const isTime = field === 'createdAt' || field === 'expiresAt'
  const value = isTime ? sql`${cursor.value ?? 'infinity'}::timestamptz` : sql`${String(cursor.value)}::text`
  const comparison = isDescending ? sql.raw('<') : sql.raw('>')
  return sql`(${sortColumns[field]}, ${accessRequests.id}) ${comparison} (${value}, ${cursor.id}::uuid)`
}
