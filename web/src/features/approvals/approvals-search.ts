/** The address of the Approvals: what is searched, sorted and shown. */
import { oneOf, sortsOf, textsOf } from '../../lib/search-text.ts'

export const approvalStates = ['waiting', 'decided'] as const
export type ApprovalState = (typeof approvalStates)[number]

const sortFields = ['createdAt', 'requesterName', 'flowName', 'expiresAt'] as const
export type ApprovalSort = (typeof sortFields)[number] | `-${(typeof sortFields)[number]}`

export const approvalPageSizes = ['20', '50', '100'] as const

export interface ApprovalsSearch {
  state?: 'decided'
  q?: string
  sort?: ApprovalSort
  cursor?: string
  limit?: string
  /** Request whose details are open. */
  open?: string
}

/** What can be understood of an address; the rest is dropped, so that an old or mistyped link still opens the list. */
export function readApprovalsSearch(search: Record<string, unknown>): ApprovalsSearch {
  const texts = textsOf(search, 'q', 'cursor', 'open')
  const sort = oneOf(sortsOf(sortFields), search['sort'])
  const limit = oneOf(approvalPageSizes, search['limit'])
  return {
    ...texts,
    ...(search['state'] === 'decided' && { state: 'decided' as const }),
    ...(sort && { sort }),
    ...(limit && { limit }),
  }
}

export const stateOf = ({ state }: ApprovalsSearch): ApprovalState => state ?? 'waiting'

/** What has waited longest comes first, and what was asked for last. */
export const sortOf = (search: ApprovalsSearch): ApprovalSort =>
  search.sort ?? (stateOf(search) === 'waiting' ? 'createdAt' : '-createdAt')

/** What the API counts. */
export function approvalsFilterOf(search: ApprovalsSearch) {
  return { state: stateOf(search), ...(search.q && { q: search.q }) }
}

/** The page that the API lists. */
export function approvalsQueryOf(search: ApprovalsSearch) {
  return {
    ...approvalsFilterOf(search),
    sort: sortOf(search),
    limit: Number(search.limit ?? approvalPageSizes[0]),
    ...(search.cursor && { cursor: search.cursor }),
  }
}
