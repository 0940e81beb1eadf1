import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { toProblem } from '../../api/problem.ts'
import { showToast } from '../../components/ui/toasts.tsx'
import { useProblemText } from '../../lib/use-problem-text.ts'
import type { Flow } from './flow-draft.ts'

/** Binds an application to the group of a flow that is saved. Never throws: a refusal is said, and the flow stays saved. */
export function useBinding(): (applicationId: string, flow: Flow) => Promise<void> {
  const { t } = useTranslation('flows')
  const textOf = useProblemText()
  const queries = useQueryClient()
  return async (applicationId, { name, groupId }) => {
    const params = { path: { id: applicationId } }
    try {
      const { data } = await client.GET('/applications/{id}', { params })
      const groupIds = data?.groupIds ?? []
      if (groupIds.includes(groupId)) return
      await client.PATCH('/applications/{id}', { params, body: { groupIds: [...groupIds, groupId] } })
      for (const path of ['/applications', '/applications/{id}'])
        void queries.invalidateQueries({ queryKey: ['get', path] })
    } catch (error) {
      showToast('failure', `${t('notBound', { name })} ${textOf(toProblem(error))}`)
    }
  }
}
