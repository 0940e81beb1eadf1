import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { $api, client } from '../../../api/client.ts'
import type { AccessRequest } from '../../../api/types.ts'

const countedAtMost = 100
const lookAgainMs = 20_000

type ListData = { items: AccessRequest[]; nextCursor: string | null }

const requestOptions = (id: string) => $api.queryOptions('get', '/access-requests/{id}', { params: { path: { id } } })

/** What waits for me, for the count in the navigation. It stands here because every write about a request changes it. */
export const waitingOptions = $api.queryOptions(
  'get',
  '/me/approvals',
  { params: { query: { state: 'waiting', limit: countedAtMost } } },
  { refetchInterval: lookAgainMs },
)

/** One request as its requester or approver sees it, read again while it is open. */
export function useWatchedRequest(id: string, isNeeded = true) {
  return useQuery({
    ...requestOptions(id),
    enabled: isNeeded,
    refetchInterval: ({ state }) => (state.data?.processing === 'closed' ? false : lookAgainMs / 4),
  })
}

function replaceIn(queries: QueryClient, request: AccessRequest): void {
  const newer = (known: AccessRequest) =>
    known.id === request.id && known.version <= request.version ? request : known
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
    void queries.invalidateQueries({ queryKey: waitingOptions.queryKey, exact: true })
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
