import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useFormat } from '../../../lib/use-format.ts'
import type { UserDialogProps } from '../user-types.ts'

/** Asks before a user is suspended or activated, saying what follows from it. */
export function UserStateDialog({ user, isSelf, onClose }: UserDialogProps) {
  const { t } = useTranslation('users')
  const act = user.state === 'activated' ? 'suspend' : 'activate'
  const state = act === 'suspend' ? 'suspended' : 'activated'
  const words = { name: user.name }
  const format = useFormat()
  const { isBusy, problem, run } = useCommand({
    send: () => client.PATCH('/users/{id}', { params: { path: { id: user.id } }, body: { state } }),
    rereads: ['/users', '/users/{id}'],
    onDone() {
      showToast('success', t(state, words))
      onClose()
    },
  })

  return (
    <DialogFrame
      title={t(`${act}Title`, words)}
      submitLabel={t(act)}
      isBusy={isBusy}
      isDangerous={act === 'suspend'}
      onSubmit={run}
      onClose={onClose}
    >
      <Text>{isSelf ? t('suspendSelf') : t(`${act}Text`)}</Text>
      {act === 'activate' && user.endedBySuspension.length > 0 && (
        <Text size="sm">
          {t('endedBefore', { flows: format.list(user.endedBySuspension.map(({ flow }) => flow.name)) })}
        </Text>
      )}
      <ProblemAlert problem={problem} />
    </DialogFrame>
  )
}
