import { getRouteApi } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { toProblem } from '../../api/problem.ts'
import { DialogSlot } from '../../components/ui/dialog-slot.tsx'
import { showToast } from '../../components/ui/toasts.tsx'
import { useApproverNames } from '../../features/catalog/use-approver-names.ts'
import { lazy } from '../../lib/lazy.ts'
import { useProblemText } from '../../lib/use-problem-text.ts'

const route = getRouteApi('/portal/catalog/$flowId')
const AskDialog = lazy(async () => (await import('../../features/own-requests/components/ask-dialog.tsx')).AskDialog)
const AskWaiting = lazy(async () => (await import('../../features/own-requests/components/ask-waiting.tsx')).AskWaiting)

/** The ask dialog of one flow, over the catalogue: mails and links lead here. */
export function AskPage() {
  const { t } = useTranslation('asking')
  const { flowId } = route.useParams()
  const navigate = route.useNavigate()
  const namesOf = useApproverNames()
  const textOf = useProblemText()
  const { data: entry, error, refetch } = $api.useQuery('get', '/catalog/{id}', { params: { path: { id: flowId } } })
  const problem = !entry && error ? toProblem(error) : undefined
  // What is not there, or not theirs, leads back to what is; what does not answer is waited for.
  const refusal = problem && problem.status >= 400 && problem.status < 500 ? textOf(problem) : undefined

  async function close(): Promise<void> {
    await navigate({ to: '/portal/catalog', search: (known) => known, resetScroll: false })
    // The dialog had an address of its own, so it cannot give the focus back by itself.
    document.querySelector<HTMLElement>(`[data-flow="${flowId}"] a`)?.focus()
  }

  useEffect(() => {
    if (!refusal) return
    showToast('failure', refusal)
    void navigate({ to: '/portal/catalog', search: (known) => known, replace: true })
  }, [refusal, navigate])

  return (
    <DialogSlot>
      {!entry && !refusal && <AskWaiting error={problem} onRetry={() => void refetch()} onClose={() => void close()} />}
      {entry && (
        <AskDialog
          key={entry.id}
          entry={entry}
          approvers={namesOf(entry.approvers).join(', ') || t('automatic')}
          onClose={() => void close()}
          onSent={(requestId) => void navigate({ to: '/portal/requests/$requestId', params: { requestId } })}
        />
      )}
    </DialogSlot>
  )
}
