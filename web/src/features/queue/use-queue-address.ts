import { getRouteApi, useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { noteQueue } from './last-queue.ts'
import { lockedView, pageSizes, type QueueFilters, type QueueSearch, withFilters } from './queue-search.ts'

const route = getRouteApi('/admin/requests')

/** The queue's address, and every way to change it. Each change is a step that Back takes back, but for typing and walking from row to row by keys. */
export function useQueueAddress() {
  const search: QueueSearch = route.useSearch()
  const navigate = route.useNavigate()
  const href = useLocation({ select: (location) => location.href })
  useEffect(() => noteQueue(href), [href])

  function go(next: QueueSearch, replace = false): void {
    // A plain address opens with somebody's default view: what was emptied here is the locked one.
    const isPlain = Object.values(next).every((value) => value === undefined)
    void navigate({ search: isPlain ? { view: lockedView } : next, replace, resetScroll: false })
  }

  return {
    search,
    /** The request whose details are open. */
    openId: search.open,
    setQueue: (queue: QueueSearch['queue']) => go({ ...search, queue, cursor: undefined, open: undefined }),
    setFilters: (filters: QueueFilters) => go(withFilters(search, filters)),
    setText: (q: string) => go({ ...search, q: q || undefined, cursor: undefined, open: undefined }, true),
    setSort: (sort: string) => go({ ...search, sort: sort as QueueSearch['sort'], cursor: undefined, open: undefined }),
    setPageSize: (limit: string) =>
      go({ ...search, limit: limit === pageSizes[0] ? undefined : limit, cursor: undefined, open: undefined }),
    setCursor: (cursor: string | undefined) => go({ ...search, cursor, open: undefined }),
    /** Filters and search together, as "Show all" and "View" do. */
    show: (filters: QueueFilters, queue: QueueSearch['queue']) =>
      go(withFilters({ ...search, q: undefined, queue, view: undefined }, filters)),
    /** What is shown is called by another view from now on, or by none. */
    setView: (view: string | undefined) => go({ ...search, view }, true),
    /** Shows the details of another request, or of none. `replace`: Back does not return to the one before. */
    open: (id: string | undefined, replace = false) => go({ ...search, open: id }, replace),
  }
}
