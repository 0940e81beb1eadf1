import { useQuery } from '@tanstack/react-query'
import { $api, apiBase, probe, querySerializer } from '../../../api/client.ts'
import { useEventStream } from '../../../lib/use-event-stream.ts'

/** One request, read anew whenever it changes. Administrators only: they may listen to the queue. */
export function useLiveRequest(id: string) {
  const query = useQuery($api.queryOptions('get', '/access-requests/{id}', { params: { path: { id } } }))
  useEventStream({
    // Its own counters are of no interest here, and this filter makes them cheap.
    url: `${apiBase}/access-requests/stream?${querySerializer({ q: id })}`,
    handlers: { request: (data) => void ((data as { id: string }).id === id && query.refetch()) },
    // What happened before the stream stood was not told.
    onOpen: () => void query.refetch(),
    onLost: () => void probe(),
  })
  return query
}
