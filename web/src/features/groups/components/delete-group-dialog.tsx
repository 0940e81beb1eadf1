import { Alert, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { Icon } from '../../../components/ui/icon.tsx'
import { AnchorLink } from '../../../components/ui/link.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useProblemText } from '../../../lib/use-problem-text.ts'
import type { UserGroup } from '../group-types.ts'
import { useFlowsOf } from '../use-flows-of.ts'

interface DeleteGroupDialogProps {
  group: UserGroup
  onDeleted: () => void
  onClose: () => void
}

/** Asks before a group is deleted, and says what has to go first when it is still needed. */
export function DeleteGroupDialog({ group, onDeleted, onClose }: DeleteGroupDialogProps) {
  const { t, i18n } = useTranslation('groups')
  const textOf = useProblemText()
  const queries = useQueryClient()
  const { isBusy, problem, run } = useCommand({
    send: () => client.DELETE('/user-groups/{id}', { params: { path: { id: group.id } } }),
    rereads: ['/user-groups', '/approval-flows'],
    onDone() {
      // It may be an archived one from now on: read anew when somebody opens it, not before.
      void queries.invalidateQueries({ queryKey: ['get', '/user-groups/{id}'], refetchType: 'none' })
      showToast('success', t('deleted', { name: group.name }))
      onDeleted()
    },
  })
  const uses = useFlowsOf(group.id)
  const isNamed = (uses.data?.items.length ?? 0) > 0
  const isInUse = problem?.status === 409

  return (
    <DialogFrame
      title={t('deleteTitle', { name: group.name })}
      submitLabel={t('delete')}
      isDangerous
      isBusy={isBusy || uses.isLoading}
      isOver={isInUse || isNamed}
      onSubmit={run}
      onClose={onClose}
    >
      {isNamed ? (
        <>
          <Text>{t('deleteNamed')}</Text>
          <ul>
            {uses.data?.items.map((flow) => (
              <li key={flow.id}>
                <AnchorLink to="/admin/flows/$flowId" params={{ flowId: flow.id }} className="gh-break">
                  {flow.name}
                </AnchorLink>{' '}
                ({uses.rolesIn(flow)})
              </li>
            ))}
            {uses.data?.nextCursor && <li>{t('uses.more')}</li>}
          </ul>
        </>
      ) : (
        <Text>
          {t('deleteText')} {group.memberCount > 0 && t('deleteMembers', { count: group.memberCount })}
        </Text>
      )}
      {isInUse && !isNamed ? (
        <Alert color="red" icon={<Icon name="alert" />}>
          {i18n.language === 'en' ? textOf(problem) : t('inUse')}
        </Alert>
      ) : (
        <ProblemAlert problem={problem} />
      )}
    </DialogFrame>
  )
}
