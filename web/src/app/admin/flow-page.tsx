import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { Failed, Loading } from '../../components/ui/states.tsx'
import { showToast } from '../../components/ui/toasts.tsx'
import { FlowEditor } from '../../features/flows/components/flow-editor.tsx'
import { draftOf } from '../../features/flows/flow-draft.ts'

const route = getRouteApi('/admin/flows/$flowId')

/** Changes one approval flow. */
export function FlowPage() {
  const { t } = useTranslation('flows')
  const { flowId } = route.useParams()
  const navigate = route.useNavigate()
  const [round, setRound] = useState(0)
  // Edited is what stands there now, not what a list showed a while ago.
  const { data, error, refetch, isFetchedAfterMount } = $api.useQuery(
    'get',
    '/approval-flows/{id}',
    { params: { path: { id: flowId } } },
    { refetchOnMount: 'always', refetchOnWindowFocus: false },
  )
  const flow = isFetchedAfterMount ? data : undefined

  function leave(name: string): void {
    if (name) showToast('success', t('saved', { name }))
    void navigate({ to: '/admin/flows' })
  }

  return (
    <>
      <PageHeader back={{ href: '/admin/flows', label: t('title') }} title={flow?.name ?? t('title')} />
      {!flow && (error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />)}
      {flow && (
        <FlowEditor
          key={`${flow.id} ${round}`}
          initial={draftOf(flow)}
          flow={flow}
          draftName={`flow.${flow.id}`}
          onSaved={leave}
          onReload={() => void refetch().then(() => setRound(round + 1))}
        />
      )}
    </>
  )
}
