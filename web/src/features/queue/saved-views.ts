/** Which saved view is shown, and what of an address is saved. */
import type { components } from '../../api/schema.d.ts'
import { addressOf, type SavedView } from './default-view.ts'
import { defaultSort, filtersOf, lockedView, pageSizes, type QueueSearch, queues, withFilters } from './queue-search.ts'

export type ViewSearch = components['schemas']['ViewSearch']

/** The one dialog about views that is open. */
export type ViewDialog = { kind: 'save' } | { kind: 'change' | 'delete'; view: SavedView }

/** Filters, search, tab, sort and page size, each only where it is not what the queue shows anyway. */
export function keptOf(search: QueueSearch): ViewSearch {
  const { queue, q, sort, limit } = search
  const kept = {
    queue: queue === queues[0] ? undefined : queue,
    q: q || undefined,
    sort: sort === defaultSort ? undefined : sort,
    limit: limit === pageSizes[0] ? undefined : limit,
  }
  return withFilters(kept, filtersOf(search)) as ViewSearch
}

const asText = (search: QueueSearch) => JSON.stringify(keptOf(search))

/** The view that an address names, or the first that shows just this; `isChanged`: something else is shown by now. */
export function currentOf(views: readonly SavedView[], search: QueueSearch) {
  const shown = asText(search)
  const isShown = (view: SavedView) => asText(addressOf(view)) === shown
  const view =
    views.find(({ id, locked }) => search.view === (locked ? lockedView : id)) ?? views.find((each) => isShown(each))
  return { view, isChanged: !view || !isShown(view) }
}
