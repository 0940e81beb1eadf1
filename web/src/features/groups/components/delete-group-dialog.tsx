import { Alert, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { Icon } from '../../../components/ui/icon.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useProblemText } from '../../../lib/use-problem-text.ts'
import { useWrite } from '../../../lib/use-write.ts'
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
  const { isBusy, problem, write } = useWrite()
  const isInUse = problem?.status === 409

  async function remove(): Promise<void> {
    const isDone = await write(null, async () => {
      await client.DELETE('/user-groups/{id}', { params: { path: { id: group.id } } })
    })
    if (!isDone) return
    showToast('success', t('deleted', { name: group.name }))
    // Only the list: this group would be asked for in vain.
    void queries.invalidateQueries({ queryKey: ['get', '/user-groups'] })
    onDeleted()
  }

  return (
    <DialogFrame
      title={t('deleteTitle', { name: group.name })}
      submitLabel={t('delete')}
      isDangerous
      isBusy={isBusy}
      isOver={isInUse}
      onSubmit={remove}
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
