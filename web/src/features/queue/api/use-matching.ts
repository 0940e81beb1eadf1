import { useMutation, useQuery } from '@tanstack/react-query'
import { $api, client } from '../../../api/client.ts'
import { type ApiProblem, toProblem } from '../../../api/problem.ts'
import type { RequestSummary } from '../../../api/types.ts'
import { openStatuses } from '../../../lib/request-statuses.ts'
import { canDecide } from '../can-decide.ts'
import { filterQueryOf, listQueryOf, type QueueSearch } from '../queue-search.ts'

/** What the service decides in one call. */
export const bulkLimit = 200

/** Of what matches, the statuses that can be decided. */
function openOf(search: QueueSearch) {
  const { status } = filterQueryOf(search)
  return { status: openStatuses.filter((each) => !status || status.includes(each)) }
}

/** How many requests of the tab match and are open. Asked only when somebody has selected a whole page. */
export function useMatchingCount(search: QueueSearch): number | undefined {
  const query = { ...filterQueryOf(search), ...openOf(search) }
  const { data } = useQuery({
    ...$api.queryOptions('get', '/access-requests/counts', { params: { query } }),
    enabled: query.status.length > 0,
  })
  return data?.[search.queue ?? 'administrator']
}

/** Reads what matches, page after page, until there are as many as can be decided at once. @throws ApiProblem */
async function readMatching(search: QueueSearch): Promise<RequestSummary[]> {
  const found: RequestSummary[] = []
  let cursor: string | undefined
  do {
    const { cursor: _shown, ...query } = { ...listQueryOf(search), ...openOf(search), limit: bulkLimit }
    const { data } = await client.GET('/access-requests', {
      params: { query: { ...query, ...(cursor && { cursor }) } },
    })
    found.push(...(data?.items ?? []).filter(canDecide))
    cursor = data?.nextCursor ?? undefined
  } while (cursor && found.length < bulkLimit)
  return found.slice(0, bulkLimit)
}

/** Fetches everything that matches, to be selected. */
export function useMatching(onFound: (requests: RequestSummary[]) => void) {
  const { isPending, error, mutate } = useMutation<RequestSummary[], ApiProblem, QueueSearch>({
    mutationFn: (search) =>
      readMatching(search).catch((reason) => {
        throw toProblem(reason)
      }),
    onSuccess: onFound,
  })
  return { isBusy: isPending, problem: error ?? undefined, find: mutate }
}
