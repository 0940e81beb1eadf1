import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import type { ApiProblem } from '../../api/problem.ts'
import { showToast } from '../../components/ui/toasts.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { useProblemText } from '../../lib/use-problem-text.ts'
import type { Flow } from './flow-draft.ts'

/** A flow as it is sent back: without what the service itself says about it. */
function inputOf(flow: Flow) {
  const { id: _, groupName: __, openRequests: ___, createdAt: ____, updatedAt: _____, ...input } = flow
  return input
}

interface Options {
  onDone?: () => void
  /** Offered after a flow was disabled; gets it as it is then. */
  onUndo?: (flow: Flow) => void
}

/** What a refusal says; other languages than that of the service hear where to look. */
export function useFlowRefusal(): (problem: ApiProblem) => string {
  const { t, i18n } = useTranslation('flows')
  const textOf = useProblemText()
  const isGone = ({ problem: { errors = [] } }: ApiProblem) => errors.some(({ code }) => code === 'not_found')
  return (problem) => (i18n.language !== 'en' && isGone(problem) ? t('namesWhatIsGone') : textOf(problem))
}

const rereads = ['/approval-flows'] as const

/** Switches a flow on or off. `isConfirmed`: open requests may be canceled by it. */
export function useSwitchFlow({ onDone, onUndo }: Options) {
  const { t } = useTranslation('flows')
  const refusalOf = useFlowRefusal()
  return useCommand({
    send({ flow, isConfirmed }: { flow: Flow; isConfirmed: boolean }) {
      const params = { path: { id: flow.id }, ...(isConfirmed && { query: { confirm: 'true' as const } }) }
      return client.PUT('/approval-flows/{id}', { params, body: { ...inputOf(flow), enabled: !flow.enabled } })
    },
    rereads,
    // Without a dialog nothing else says it.
    ...(!onDone && { onRefused: (problem: ApiProblem) => showToast('failure', refusalOf(problem)) }),
    onDone(changed: Flow, _response, { flow }) {
      const { name, enabled } = flow
      const undo = enabled && onUndo ? { label: t('undo'), run: () => onUndo(changed) } : undefined
      showToast('success', t(enabled ? 'disabled' : 'enabled', { name }), undo)
      onDone?.()
    },
  })
}

/** Deletes a flow, and cancels its open requests. */
export function useDeleteFlow(onDone: () => void) {
  const { t } = useTranslation('flows')
  return useCommand({
    send: ({ id }: Flow) =>
      client.DELETE('/approval-flows/{id}', { params: { path: { id }, query: { confirm: 'true' } } }),
    rereads,
    onDone(_nothing, _response, { name }) {
      showToast('success', t('deleted', { name }))
      onDone()
    },
  })
}
