import { getRouteApi } from '@tanstack/react-router'
import { type ApprovalSort, type ApprovalState, type ApprovalsSearch, approvalPageSizes } from './approvals-search.ts'

const route = getRouteApi('/portal/approvals')
const fromStart = { cursor: undefined, open: undefined }

/** The address of the Approvals, and every way to change it. Each change is a step that Back takes back, but for typing. */
export function useApprovalsAddress() {
  const search: ApprovalsSearch = route.useSearch()
  const navigate = route.useNavigate()

  function go(next: ApprovalsSearch, replace = false): void {
    void navigate({ search: next, replace, resetScroll: false })
  }

  return {
    search,
    openId: search.open,
    setState: (state: ApprovalState) => go(state === 'decided' ? { state } : {}),
    setText: (q: string) => go({ ...search, ...fromStart, q: q || undefined }, true),
    setSort: (sort: string) => go({ ...search, ...fromStart, sort: sort as ApprovalSort }),
    setPageSize: (limit: string) =>
      go({ ...search, ...fromStart, limit: limit === approvalPageSizes[0] ? undefined : limit }),
    setCursor: (cursor: string | undefined) => go({ ...search, cursor, open: undefined }),
    open: (id: string | undefined, replace = false) => go({ ...search, open: id }, replace),
  }
}
