import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { type ApiProblem, toProblem } from '../../api/problem.ts'
import { showToast } from '../../components/ui/toasts.tsx'
import { useWrite } from '../../lib/use-write.ts'
import type { Flow } from './flow-draft.ts'

/** A flow as it is sent back: without what the service itself says about it. */
function inputOf(flow: Flow) {
  const { id: _, groupName: __, openRequests: ___, createdAt: ____, updatedAt: _____, ...input } = flow
  return input
}

/**
 * Switches and deletes flows; each tells whether it went well. `isConfirmed`: open requests may be canceled by it.
 * What is refused is told to `onRefused` as well.
 */
export function useFlowWrites(onRefused?: (problem: ApiProblem) => void) {
  const { t } = useTranslation('flows')
  const queries = useQueryClient()
  const { write, ...state } = useWrite()

  async function run(text: string, send: () => Promise<unknown>): Promise<boolean> {
    const isDone = await write(null, async () => {
      try {
        await send()
      } catch (error) {
        onRefused?.(toProblem(error))
        throw error
      }
    })
    if (isDone) showToast('success', text)
    // Also after a refusal: somebody else may have changed the flow.
    await queries.invalidateQueries({ queryKey: ['get', '/approval-flows'] })
    return isDone
  }

  const paramsOf = ({ id }: Flow, isConfirmed: boolean) => ({
    path: { id },
    ...(isConfirmed && { query: { confirm: 'true' as const } }),
  })

  const setEnabled = (flow: Flow, enabled: boolean, isConfirmed: boolean) =>
    run(t(enabled ? 'enabled' : 'disabled', { name: flow.name }), () =>
      client.PUT('/approval-flows/{id}', { params: paramsOf(flow, isConfirmed), body: { ...inputOf(flow), enabled } }),
    )

  const remove = (flow: Flow) =>
    run(t('deleted', { name: flow.name }), () =>
      client.DELETE('/approval-flows/{id}', { params: paramsOf(flow, true) }),
    )

  return { ...state, setEnabled, remove }
}
