import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import type { PendingChange } from '../change-types.ts'
import { useChangeWords } from '../use-change-words.ts'

interface DecideChangeDialogProps {
  change: PendingChange
  verb: 'approve' | 'reject'
  onClose: () => void
}

/** Asks before a change of another administrator is carried out, or done away with. */
export function DecideChangeDialog({ change, verb, onClose }: DecideChangeDialogProps) {
  const { t } = useTranslation('changes')
  const wordsOf = useChangeWords()
  const { isBusy, problem, run } = useCommand<unknown>({
    send(_, header) {
      const params = { path: { id: change.id }, header }
      return verb === 'approve'
        ? client.POST('/pending-changes/{id}/approve', { params })
        : client.POST('/pending-changes/{id}/reject', { params })
    },
    rereads: ['/pending-changes', '/users', '/users/{id}', '/user-groups/{id}/members'],
    onDone() {
      showToast('success', t(`${verb}Done`, { name: change.user.name }))
      onClose()
    },
  })

  return (
    <DialogFrame
      title={t(`${verb}Title`)}
      submitLabel={t(verb)}
      isBusy={isBusy}
      isDangerous={verb === 'reject'}
      isOver={problem?.status === 404}
      onSubmit={run}
      onClose={onClose}
    >
      <Text>{wordsOf(change)}</Text>
      <Text c="dimmed" size="sm">
        {t('proposedBy', { name: change.proposedBy.name })}
      </Text>
      <ProblemAlert problem={problem} />
    </DialogFrame>
  )
}
