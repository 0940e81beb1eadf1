import { keepPreviousData, type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { $api } from '../../../api/client.ts'
import type { AccessRequest } from '../../../api/types.ts'
import { filterQueryOf, listQueryOf, type QueueSearch } from '../queue-search.ts'

/** One page of the queue. It is not read again by itself: rows do not move while somebody looks at them. */
export function listOptions(search: QueueSearch) {
  return $api.queryOptions(
    'get',
    '/access-requests',
    { params: { query: listQueryOf(search) } },
    { refetchOnWindowFocus: false, refetchOnReconnect: false },
  )
}

export function countsOptions(search: QueueSearch) {
  return $api.queryOptions('get', '/access-requests/counts', { params: { query: filterQueryOf(search) } })
}

/** While another page of a tab is read, the rows of the last one stay; those of another tab would mislead. */
export function useQueuePage(search: QueueSearch) {
  const options = listOptions(search)
  const { queue } = listQueryOf(search)
  return useQuery({
    ...options,
    placeholderData: (last, lastQuery) => (lastQuery?.queryKey[2]?.params?.query?.queue === queue ? last : undefined),
  })
}

/** Counters of both tabs under the filters; the live stream keeps them current. */
export function useQueueCounts(search: QueueSearch) {
  return useQuery({ ...countsOptions(search), placeholderData: keepPreviousData }).data
}

/** How many requests the tab holds when nothing is filtered. Asked only when the list is empty. */
export function useUnfilteredCount(search: QueueSearch, isNeeded: boolean): number | undefined {
  const { data } = useQuery({ ...$api.queryOptions('get', '/access-requests/counts', {}), enabled: isNeeded })
  return data?.[search.queue ?? 'administrator']
}

type ListData = { items: AccessRequest[]; nextCursor: string | null }

/** Shows the newer of both states of a request wherever it is on the screen, without moving its row. */
export function showRequest(queries: QueryClient, request: AccessRequest): void {
  const newer = (known: AccessRequest) =>
    known.id === request.id && known.version <= request.version ? request : known
  queries.setQueriesData<ListData>(
    { queryKey: ['get', '/access-requests'] },
    (data) => data && { ...data, items: data.items.map(newer) },
  )
  queries.setQueryData(
    $api.queryOptions('get', '/access-requests/{id}', { params: { path: { id: request.id } } }).queryKey,
    request,
  )
}

/** The request as it is now, wherever news of it came from. */
export function useLatest(request: AccessRequest): AccessRequest {
  const options = $api.queryOptions('get', '/access-requests/{id}', { params: { path: { id: request.id } } })
  const { data } = useQuery({ ...options, enabled: false })
  return data && data.version > request.version ? data : request
}

/** After a decision: the request as it is now, and everything that counts it. */
export function useShowRequest(): (request: AccessRequest) => void {
  const queries = useQueryClient()
  return (request) => {
    showRequest(queries, request)
    void queries.invalidateQueries({ queryKey: ['get', '/access-requests/counts'] })
  }
}
