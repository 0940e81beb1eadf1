import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { Failed, Loading } from '../../components/ui/states.tsx'
import { showToast } from '../../components/ui/toasts.tsx'
import { FlowEditor } from '../../features/flows/components/flow-editor.tsx'
import { draftOf, emptyDraft, longestName } from '../../features/flows/flow-draft.ts'

const route = getRouteApi('/admin/flows/new')

/** A new approval flow, from nothing or from a copy of another. */
export function FlowNewPage() {
  const { t } = useTranslation('flows')
  const { copy } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, refetch, isFetchedAfterMount } = $api.useQuery(
    'get',
    '/approval-flows/{id}',
    { params: { path: { id: copy ?? '' } } },
    { enabled: copy !== undefined, refetchOnMount: 'always', refetchOnWindowFocus: false },
  )
  const source = isFetchedAfterMount ? data : undefined
  const groups = $api.useQuery(
    'get',
    '/user-groups',
    { params: { query: { limit: 8 } } },
    { enabled: copy === undefined },
  )
  const isReady = copy === undefined ? !groups.isPending : source !== undefined
  const initial = source
    ? { ...draftOf(source), name: t('copyOf', { name: source.name }).slice(0, longestName) }
    : { ...emptyDraft, isNewGroup: groups.data?.items.length === 0 }

  function leave(name: string): void {
    showToast('success', t('created', { name }))
    void navigate({ to: '/admin/flows' })
  }

  return (
    <>
      <PageHeader
        back={{ href: '/admin/flows', label: t('title') }}
        title={source ? t('copyTitle', { name: source.name }) : t('newTitle')}
      />
      {!isReady && (error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />)}
      {isReady && (
        <FlowEditor
          key={copy ?? ''}
          initial={initial}
          draftName={copy ? `flow.copy.${copy}` : 'flow.new'}
          onSaved={leave}
        />
      )}
    </>
  )
}
