/** The saved view that the queue opens with. */
import { $api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import type { components } from '../../api/schema.d.ts'
import { lockedView, type QueueSearch, readQueueSearch } from './queue-search.ts'

export type SavedView = components['schemas']['View']

/** The queue at this address shows what the view holds. */
export function addressOf({ id, locked, search }: SavedView): QueueSearch {
  return { ...readQueueSearch(search), view: locked ? lockedView : id }
}

/** One view, for its name. */
export function viewOptions(id: string) {
  return $api.queryOptions('get', '/views/{id}', { params: { path: { id } } }, { retry: false })
}

const defaultViewOptions = $api.queryOptions('get', '/me/default-view', undefined, { staleTime: 60_000, retry: false })

/** What somebody has chosen to open with; nothing for the locked view, which is what a plain address shows, and when it cannot be read. */
export async function loadDefaultView(): Promise<SavedView | undefined> {
  const view = await queryClient.fetchQuery(defaultViewOptions).catch(() => undefined)
  if (!view || view.locked) return undefined
  queryClient.setQueryData(viewOptions(view.id).queryKey, view)
  return view
}
