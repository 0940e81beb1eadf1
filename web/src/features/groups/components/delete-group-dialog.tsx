import { Alert, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { Icon } from '../../../components/ui/icon.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useProblemText } from '../../../lib/use-problem-text.ts'
import type { UserGroup } from '../group-types.ts'

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
    rereads: ['/user-groups'],
    onDone() {
      // It may be an archived one from now on: read anew when somebody opens it, not before.
      void queries.invalidateQueries({ queryKey: ['get', '/user-groups/{id}'], refetchType: 'none' })
      showToast('success', t('deleted', { name: group.name }))
      onDeleted()
    },
  })
  const isInUse = problem?.status === 409

  return (
    <DialogFrame
      title={t('deleteTitle', { name: group.name })}
      submitLabel={t('delete')}
      isDangerous
      isBusy={isBusy}
      isOver={isInUse}
      onSubmit={run}
      onClose={onClose}
    >
      <Text>
        {t('deleteText')} {group.memberCount > 0 && t('deleteMembers', { count: group.memberCount })}
      </Text>
      {isInUse ? (
        <Alert color="red" icon={<Icon name="alert" />}>
          {i18n.language === 'en' ? textOf(problem) : t('inUse')}
        </Alert>
      ) : (
        <ProblemAlert problem={problem} />
      )}
    </DialogFrame>
  )
}
