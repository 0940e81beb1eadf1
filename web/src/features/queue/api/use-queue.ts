import { keepPreviousData, type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { $api } from '../../../api/client.ts'
import type { AccessRequest, RequestSummary } from '../../../api/types.ts'
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
  const { data, isError } = useQuery({ ...countsOptions(search), placeholderData: keepPreviousData })
  return { counts: data, isCounted: data !== undefined || isError }
}

/** How many requests of the tab the search finds when nothing is filtered; all of them without a search. Nothing before it is known. */
export function useUnfilteredCount({ q, queue = 'administrator' }: QueueSearch): number | undefined {
  const query = { ...(q && { q }) }
  const { data } = useQuery($api.queryOptions('get', '/access-requests/counts', { params: { query } }))
  return data?.[queue]
}

/** The whole request of a row. */
export function requestOptions(id: string) {
  return $api.queryOptions('get', '/access-requests/{id}', { params: { path: { id } } })
}

/** Reads whole requests ahead of need: of rows that somebody points at. */
export function usePrefetch(): (id: string) => void {
  const queries = useQueryClient()
  return (id) => void queries.prefetchQuery(requestOptions(id))
}

/** The whole request of a row that is open; it is read again when the row shows that it has changed. */
export function useWhole({ id, version }: Pick<RequestSummary, 'id' | 'version'>) {
  const query = useQuery(requestOptions(id))
  const { data, refetch } = query
  const isOld = data !== undefined && data.version < version
  useEffect(() => {
    if (isOld) void refetch()
  }, [isOld, refetch])
  return query
}

/** Reads the whole request, at least as new as its row. @throws ApiProblem */
export function useReadWhole(): (row: RequestSummary) => Promise<AccessRequest> {
  const queries = useQueryClient()
  return async ({ id, version }) => {
    const options = requestOptions(id)
    const known = queries.getQueryData<AccessRequest>(options.queryKey)
    return known && known.version >= version ? known : queries.fetchQuery({ ...options, staleTime: 0 })
  }
}

type ListData = { items: RequestSummary[]; nextCursor: string | null }

/** Shows the newer of both states of a request wherever it is on the screen, without moving its row. */
export function showRequest(queries: QueryClient, request: AccessRequest): void {
  showRow(queries, request)
  queries.setQueryData(requestOptions(request.id).queryKey, request)
}

/** The same for what its row shows. */
export function showRow(queries: QueryClient, request: RequestSummary): void {
  const newer = (known: RequestSummary) =>
    known.id === request.id && known.version <= request.version ? request : known
  queries.setQueriesData<ListData>(
    { queryKey: ['get', '/access-requests'] },
    (data) => data && { ...data, items: data.items.map(newer) },
  )
}

/** The request as it is now, wherever news of it came from. */
export function useLatest(request: AccessRequest): AccessRequest {
  const { data } = useQuery({ ...requestOptions(request.id), enabled: false })
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
