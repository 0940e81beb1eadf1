/** The address of the queue: what is filtered, searched, sorted and shown. Absent means the default, `any` means no filter. */
import type { ApprovalType, QueueName, RequestStatus } from '../../api/types.ts'
import { dayOf, startOfDay } from '../../lib/day.ts'
import { statuses } from '../../lib/request-statuses.ts'
import { oneOf, sortsOf, textsOf } from '../../lib/search-text.ts'

export const approvalTypes = ['manual', 'automatic'] as const satisfies readonly ApprovalType[]
export const queues = ['administrator', 'others'] as const satisfies readonly QueueName[]

export const defaultSort = '-createdAt'
const sortFields = ['createdAt', 'requesterName', 'flowName', 'status', 'expiresAt'] as const
export type QueueSort = (typeof sortFields)[number] | `-${(typeof sortFields)[number]}`

export const periods = ['today', '7days', '30days', 'month'] as const
export type Period = (typeof periods)[number]

export interface QueueSearch {
  queue?: QueueName
  status?: string
  approvalType?: string
  requester?: string
  from?: string
  to?: string
  /** Days counted back from today, instead of `from` and `to`. */
  period?: Period
  /** Within so long from now. */
  expires?: 'week'
  /** Ids. */
  flow?: string
  department?: string
  /** Id of who is waited for. */
  approver?: string
  q?: string
  sort?: QueueSort
  cursor?: string
  limit?: string
  /** Request whose details are open. */
  open?: string
  /** Id of the saved view that was chosen, or `default`. It only says which: what is shown is what the rest says. */
  view?: string
}

export interface QueueFilters {
  status: RequestStatus[]
  approvalType: ApprovalType[]
  requester: string
  /** `2026-11-23` */
  from: string
  to: string
  period: Period | ''
  expires: 'week' | ''
  /** Ids of flows. */
  flow: string[]
  department: string
  /** Id of a person. */
  approver: string
}

export const noFilters: QueueFilters = {
  status: [],
  approvalType: [],
  requester: '',
  from: '',
  to: '',
  period: '',
  expires: '',
  flow: [],
  department: '',
  approver: '',
}
export const defaultFilters: QueueFilters = { ...noFilters, status: ['pending'], approvalType: ['manual'] }

/** What an address calls the locked view, which has no filters of its own. */
export const lockedView = 'default'

export const pageSizes = ['20', '50', '100'] as const

/** What can be understood of an address; the rest is dropped, so that an old or mistyped link still opens the queue. */
export function readQueueSearch(search: Record<string, unknown>): QueueSearch {
  const queue = oneOf(queues, search.queue)
  const sort = oneOf(sortsOf(sortFields), search.sort)
  const limit = oneOf(pageSizes, search.limit)
  const period = oneOf(periods, search.period)
  const { from, to, open, flow, approver, view, ...texts } = textsOf(
    search,
    'status',
    'approvalType',
    'requester',
    'from',
    'to',
    'flow',
    'department',
    'approver',
    'q',
    'cursor',
    'open',
    'view',
  )
  return {
    ...texts,
    // Links of before named several.
    ...(open && { open: open.split(',')[0] ?? open }),
    ...(!period && dayOf(from) && { from }),
    ...(!period && dayOf(to) && { to }),
    ...(period && { period }),
    ...(search.expires === 'week' && { expires: 'week' as const }),
    ...(flow && { flow: flow.split(',').filter(isId).slice(0, 200).join(',') }),
    ...(approver && isId(approver) && { approver }),
    ...(view && (view === lockedView || isId(view)) && { view }),
    ...(queue && { queue }),
    ...(sort && { sort }),
    ...(limit && { limit }),
  }
}

const isId = (text: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(text)

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
    period: search.period ?? '',
    expires: search.expires ?? '',
    flow: search.flow?.split(',') ?? [],
    department: search.department ?? '',
    approver: search.approver ?? '',
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
    period: filters.period || undefined,
    expires: filters.expires || undefined,
    flow: filters.flow.join(',') || undefined,
    department: filters.department || undefined,
    approver: filters.approver || undefined,
    cursor: undefined,
    open: undefined,
  }
}

/** The first day of a period, where the browser is. */
function firstDayOf(period: Period): string {
  const now = new Date()
  const back = { today: 0, '7days': 6, '30days': 29, month: now.getDate() - 1 }
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - back[period]).toISOString()
}

/** The end of the seventh day from today: the same all day, so that the list is not read anew at every moment. */
function inAWeek(): string {
  const now = new Date()
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 8).toISOString()
}

/** What the API's filters are called, without tab, sort and page. */
export function filterQueryOf(search: QueueSearch) {
  const { status, approvalType, requester, from, to, period, expires, flow, department, approver } = filtersOf(search)
  return {
    ...(status.length > 0 && { status }),
    ...(approvalType.length > 0 && { approvalType }),
    ...(requester && { requester }),
    ...(from && { from: startOfDay(from) }),
    ...(to && { to: startOfDay(to, 1) }),
    ...(period && { from: firstDayOf(period) }),
    ...(expires && { expiresBefore: inAWeek() }),
    ...(flow.length > 0 && { flow }),
    ...(department && { department }),
    ...(approver && { approver }),
    ...(search.q && { q: search.q }),
  }
}

export function listQueryOf(search: QueueSearch) {
  return {
    ...filterQueryOf(search),
    queue: search.queue ?? 'administrator',
    sort: search.sort ?? defaultSort,
    limit: Number(search.limit ?? pageSizes[0]),
    view: 'summary' as const,
    ...(search.cursor && { cursor: search.cursor }),
  }
}
