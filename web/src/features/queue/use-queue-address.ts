import { getRouteApi, useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { noteQueue } from './last-queue.ts'
import { type QueueFilters, type QueueSearch, withFilters } from './queue-search.ts'

const route = getRouteApi('/admin/requests')

/** The queue's address, and every way to change it. Each change is a step that Back takes back, but for typing and opening rows. */
export function useQueueAddress() {
  const search: QueueSearch = route.useSearch()
  const navigate = route.useNavigate()
  const href = useLocation({ select: (location) => location.href })
  useEffect(() => noteQueue(href), [href])
  const openIds = new Set(search.open?.split(','))

  function go(next: QueueSearch, replace = false): void {
    void navigate({ search: next, replace, resetScroll: false })
  }

  return {
    search,
    openIds,
    setQueue: (queue: QueueSearch['queue']) => go({ ...search, queue, cursor: undefined, open: undefined }),
    setFilters: (filters: QueueFilters) => go(withFilters(search, filters)),
    setText: (q: string) => go({ ...search, q: q || undefined, cursor: undefined, open: undefined }, true),
    setSort: (sort: string) => go({ ...search, sort: sort as QueueSearch['sort'], cursor: undefined, open: undefined }),
    setCursor: (cursor: string | undefined) => go({ ...search, cursor, open: undefined }),
    /** Filters and search together, as "Show all" and "View" do. */
    show: (filters: QueueFilters, queue: QueueSearch['queue']) =>
      go(withFilters({ ...search, q: undefined, queue }, filters)),
    toggleOpen(id: string): void {
      const ids = new Set(openIds)
      if (!ids.delete(id)) ids.add(id)
      go({ ...search, open: [...ids].join(',') || undefined }, true)
    },
  }
}
