/** The address of the queue: what is filtered, searched, sorted and shown. Absent means the default, `any` means no filter. */
import type { ApprovalType, QueueName, RequestStatus } from '../../api/types.ts'
import { dayOf, startOfDay } from '../../lib/day.ts'
import { statuses } from '../../lib/request-statuses.ts'
import { textsOf } from '../../lib/search-text.ts'

export const approvalTypes = ['manual', 'automatic'] as const satisfies readonly ApprovalType[]
export const queues = ['administrator', 'others'] as const satisfies readonly QueueName[]

export const defaultSort = '-createdAt'
const sortFields = ['createdAt', 'requesterName', 'flowName', 'status', 'expiresAt'] as const
export type QueueSort = (typeof sortFields)[number] | `-${(typeof sortFields)[number]}`

export interface QueueSearch {
  queue?: QueueName
  status?: string
  approvalType?: string
  requester?: string
  from?: string
  to?: string
  q?: string
  sort?: QueueSort
  cursor?: string
  limit?: string
  /** Request whose details are open. */
  open?: string
}

export interface QueueFilters {
  status: RequestStatus[]
  approvalType: ApprovalType[]
  requester: string
  /** `2026-11-23` */
  from: string
  to: string
}

export const defaultFilters: QueueFilters = {
  status: ['pending'],
  approvalType: ['manual'],
  requester: '',
  from: '',
  to: '',
}
export const noFilters: QueueFilters = { status: [], approvalType: [], requester: '', from: '', to: '' }

const pageSizes = ['20', '50', '100']

function oneOf<T extends string>(known: readonly T[], value: unknown): T | undefined {
  return known.find((each) => each === value)
}

/** What can be understood of an address; the rest is dropped, so that an old or mistyped link still opens the queue. */
export function readQueueSearch(search: Record<string, unknown>): QueueSearch {
  const sorts = sortFields.flatMap((field) => [field, `-${field}`] as QueueSort[])
  const queue = oneOf(queues, search.queue)
  const sort = oneOf(sorts, search.sort)
  const limit = oneOf(pageSizes, search.limit)
  const { from, to, ...texts } = textsOf(
    search,
    'status',
    'approvalType',
    'requester',
    'from',
    'to',
    'q',
    'cursor',
    'open',
  )
  return {
    ...texts,
    ...(dayOf(from) && { from }),
    ...(dayOf(to) && { to }),
    ...(queue && { queue }),
    ...(sort && { sort }),
    ...(limit && { limit }),
  }
}

function readList<T extends string>(text: string | undefined, known: readonly T[], fallback: T[]): T[] {
  if (text === undefined) return fallback
  return known.filter((value) => text.split(',').includes(value))
}

function writeList(values: readonly string[], fallback: readonly string[]): string | undefined {
  const text = [...values].sort().join(',')
  if (text === [...fallback].sort().join(',')) return undefined
  return text || 'any'
}

export function filtersOf(search: QueueSearch): QueueFilters {
  return {
    status: readList(search.status, statuses, defaultFilters.status),
    approvalType: readList(search.approvalType, approvalTypes, defaultFilters.approvalType),
    requester: search.requester ?? '',
    from: search.from ?? '',
    to: search.to ?? '',
  }
}

/** The same address with other filters, from its first page on. */
export function withFilters(search: QueueSearch, filters: QueueFilters): QueueSearch {
  return {
    ...search,
    status: writeList(filters.status, defaultFilters.status),
    approvalType: writeList(filters.approvalType, defaultFilters.approvalType),
    requester: filters.requester || undefined,
    from: filters.from || undefined,
    to: filters.to || undefined,
    cursor: undefined,
    open: undefined,
  }
}

/** What the API's filters are called, without tab, sort and page. */
export function filterQueryOf(search: QueueSearch) {
  const { status, approvalType, requester, from, to } = filtersOf(search)
  return {
    ...(status.length > 0 && { status }),
    ...(approvalType.length > 0 && { approvalType }),
    ...(requester && { requester }),
    ...(from && { from: startOfDay(from) }),
    ...(to && { to: startOfDay(to, 1) }),
    ...(search.q && { q: search.q }),
  }
}

export function listQueryOf(search: QueueSearch) {
  return {
    ...filterQueryOf(search),
    queue: search.queue ?? 'administrator',
    sort: search.sort ?? defaultSort,
    limit: Number(search.limit ?? pageSizes[0]),
    ...(search.cursor && { cursor: search.cursor }),
  }
}
