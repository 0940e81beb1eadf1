import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { toProblem } from '../../api/problem.ts'
import { showToast } from '../../components/ui/toasts.tsx'
import { useApproverNames } from '../../features/catalog/use-approver-names.ts'
import { useProblemText } from '../../lib/use-problem-text.ts'

const route = getRouteApi('/portal/catalog/$flowId')
const AskDialog = lazy(async () => ({
  default: (await import('../../features/requests/components/ask-dialog.tsx')).AskDialog,
}))

/** The ask dialog of one flow, over the catalogue: mails and links lead here. */
export function AskPage() {
  const { t } = useTranslation('asking')
  const { flowId } = route.useParams()
  const navigate = route.useNavigate()
  const namesOf = useApproverNames()
  const textOf = useProblemText()
  const { data: entry, error } = $api.useQuery('get', '/catalog/{id}', { params: { path: { id: flowId } } })
  const refusal = !entry && error ? textOf(toProblem(error)) : undefined

  async function close(): Promise<void> {
    await navigate({ to: '/portal/catalog', search: (known) => known, resetScroll: false })
    // The dialog had an address of its own, so it cannot give the focus back by itself.
    document.querySelector<HTMLElement>(`[data-flow="${flowId}"] a`)?.focus()
  }

  useEffect(() => {
    if (!refusal) return
    showToast('failure', refusal)
    void navigate({ to: '/portal/catalog', replace: true })
  }, [refusal, navigate])

  return (
    <Suspense>
      {entry && (
        <AskDialog
          key={entry.id}
          entry={entry}
          approvers={namesOf(entry.approvers).join(', ') || t('automatic')}
          onClose={() => void close()}
          onSent={(requestId) => void navigate({ to: '/portal/requests/$requestId', params: { requestId } })}
        />
      )}
    </Suspense>
  )
}
