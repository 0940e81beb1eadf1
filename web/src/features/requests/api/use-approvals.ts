import { keepPreviousData, type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { $api, client } from '../../../api/client.ts'
import type { AccessRequest } from '../../../api/types.ts'

export type ApprovalState = 'waiting' | 'decided'

const pageSize = 20
const countedAtMost = 100
const lookAgainMs = 20_000

type ListData = { items: AccessRequest[]; nextCursor: string | null }

const requestOptions = (id: string) => $api.queryOptions('get', '/access-requests/{id}', { params: { path: { id } } })

/** One page of what waits for me or what I decided. It is not read again by itself: nothing moves under the pointer. */
export function useApprovals(state: ApprovalState, cursor: string | undefined) {
  return useQuery({
    ...$api.queryOptions(
      'get',
      '/me/approvals',
      { params: { query: { state, limit: pageSize, ...(cursor && { cursor }) } } },
      { refetchOnWindowFocus: false, refetchOnReconnect: false },
    ),
    placeholderData: keepPreviousData,
  })
}

const countOptions = $api.queryOptions(
  'get',
  '/me/approvals',
  { params: { query: { state: 'waiting', limit: countedAtMost } } },
  { refetchInterval: lookAgainMs },
)

/** Ids of what waits for me (at most 100), asked again and again for the count in the navigation; nothing before the first answer. */
export function useWaitingIds(): string[] | undefined {
  const { data } = useQuery(countOptions)
  return data?.items.filter(({ abilities }) => abilities.decide !== false).map(({ id }) => id)
}

/** How many wait for me that did not when the list was read at `readAt` (milliseconds), and are not in it. */
export function useFreshCount(listedIds: readonly string[], readAt: number): number {
  const waiting = useWaitingIds()
  const [known, setKnown] = useState({ readAt, ids: waiting })
  // What waited already when the list was read stands on another page of it; that is known with the first count.
  if (known.readAt !== readAt || (!known.ids && waiting)) setKnown({ readAt, ids: waiting })
  const before = known.ids
  if (!before || !waiting) return 0
  return waiting.filter((id) => !before.includes(id) && !listedIds.includes(id)).length
}

/** One request as its requester or approver sees it, read again while it is open. */
export function useWatchedRequest(id: string) {
  return useQuery({
    ...requestOptions(id),
    refetchInterval: ({ state }) => (state.data?.processing === 'closed' ? false : lookAgainMs / 4),
  })
}

function replaceIn(queries: QueryClient, request: AccessRequest): void {
  const newer = (known: AccessRequest) => (known.id === request.id ? request : known)
  for (const path of ['/me/approvals', '/me/requests'])
    queries.setQueriesData<ListData>(
      { queryKey: ['get', path] },
      (data) => data && { ...data, items: data.items.map(newer) },
    )
  queries.setQueryData(requestOptions(request.id).queryKey, request)
}

/** After a write: the request is shown as it is now wherever it stands, without moving; lists are read anew when next opened, the count at once. */
export function useShowOwnRequest(): (request: AccessRequest) => void {
  const queries = useQueryClient()
  return (request) => {
    replaceIn(queries, request)
    for (const path of ['/me/approvals', '/me/requests', '/catalog', '/catalog/{id}'])
      void queries.invalidateQueries({ queryKey: ['get', path], refetchType: 'none' })
    // The number in the navigation moves nothing.
    void queries.invalidateQueries({ queryKey: countOptions.queryKey, exact: true })
  }
}

/** Reads one request anew, to show who was faster. */
export function useReadAgain(): (id: string) => void {
  const show = useShowOwnRequest()
  return (id) => {
    client.GET('/access-requests/{id}', { params: { path: { id } } }).then(
      ({ data }) => data && show(data),
      () => undefined, // The dialog already says what went wrong.
    )
  }
}
