import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import type { components } from '../../api/schema.d.ts'
import { useFormat } from '../../lib/use-format.ts'

/** Most of what uses a group that is shown. */
export const shownAtMost = 200

type Flow = components['schemas']['ApprovalFlow']

/** The approval flows that name a group; `rolesIn` says what it is in one of them. */
export function useFlowsOf(groupId: string) {
  const { t } = useTranslation('groups')
  const format = useFormat()
  const query = $api.useQuery('get', '/approval-flows', { params: { query: { groupId, limit: shownAtMost } } })
  const rolesIn = (flow: Flow) =>
    format.list([
      ...(flow.groupId === groupId ? [t('uses.gives')] : []),
      ...(flow.visibleToGroupIds.includes(groupId) ? [t('uses.shown')] : []),
      ...(flow.approvers.some((rule) => rule.groupId === groupId) ? [t('uses.asks')] : []),
    ])
  return { ...query, rolesIn }
}
