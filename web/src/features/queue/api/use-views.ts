import { queryOptions } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import type { components } from '../../../api/schema.d.ts'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useProblemText } from '../../../lib/use-problem-text.ts'
import type { SavedView } from '../default-view.ts'
import type { ViewSearch } from '../saved-views.ts'

/** What shows views: read again after each change of one. */
const viewReads = ['/views', '/views/{id}', '/me/default-view'] as const

/** All views that somebody may choose: the locked one, then by name. Its key begins as that of `/views`, whose changes concern it. */
export const viewsOptions = queryOptions({
  queryKey: ['get', '/views', 'all'],
  queryFn: ({ signal }) => readViews(signal),
})

async function readViews(signal: AbortSignal): Promise<SavedView[]> {
  const views: SavedView[] = []
  let cursor: string | undefined
  do {
    const query = { limit: 200, ...(cursor && { cursor }) }
    const { data } = await client.GET('/views', { params: { query }, signal })
    views.push(...(data?.items ?? []))
    cursor = data?.nextCursor ?? undefined
  } while (cursor)
  return views
}

/** Saves a new view, or changes `view`. */
export function useSaveView(view: SavedView | undefined, onDone: (saved: SavedView) => void) {
  return useCommand<SavedView, components['schemas']['SaveView']>({
    send: (body, headers) =>
      view
        ? client.PUT('/views/{id}', { params: { path: { id: view.id } }, body })
        : client.POST('/views', { body, headers }),
    rereads: viewReads,
    onDone,
  })
}

export function useDeleteView({ id }: SavedView, onDone: () => void) {
  return useCommand({
    send: () => client.DELETE('/views/{id}', { params: { path: { id } } }),
    rereads: ['/views', '/me/default-view'],
    onDone,
  })
}

interface Update {
  view: SavedView
  search: ViewSearch
  /** It is as it was before. */
  isUndone?: boolean
}

/** Keeps in a view what is shown now. The message offers to take that back. */
export function useUpdateView(): (update: Update) => void {
  const { t } = useTranslation('views')
  const textOf = useProblemText()
  const command = useCommand<SavedView, Update>({
    send: ({ view: { id, name, shared }, search }) =>
      client.PUT('/views/{id}', { params: { path: { id } }, body: { name, shared, search } }),
    rereads: viewReads,
    onDone(_saved, _response, { view, isUndone }): void {
      if (isUndone) return showToast('success', t('undone', { name: view.name }))
      const undo = () => void command.run({ view, search: view.search as ViewSearch, isUndone: true })
      showToast('success', t('updated', { name: view.name }), { label: t('undo'), run: undo })
    },
    onRefused: (problem) => showToast('failure', textOf(problem)),
  })
  return (update) => void command.run(update)
}

/** Lets the queue open with another view from now on. */
export function useChooseDefault(): (view: SavedView) => void {
  const { t } = useTranslation('views')
  const textOf = useProblemText()
  const { run } = useCommand({
    send: ({ id }: SavedView) => client.PUT('/me/default-view', { body: { viewId: id } }),
    rereads: viewReads,
    onDone: (_chosen, _response, { locked, name }) =>
      showToast('success', locked ? t('opensWithLocked') : t('opensWith', { name })),
    onRefused: (problem) => showToast('failure', textOf(problem)),
  })
  return (view) => void run(view)
}
