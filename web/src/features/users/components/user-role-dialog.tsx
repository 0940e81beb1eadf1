import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import type { UserDialogProps } from '../user-types.ts'

/** Asks before somebody becomes an administrator, or is one no longer. */
export function UserRoleDialog({ user, isSelf, onClose }: UserDialogProps) {
  const { t } = useTranslation('users')
  const act = user.roles.includes('admin') ? 'demote' : 'promote'
  const words = { name: user.name }
  const { isBusy, problem, run } = useCommand({
    send: () =>
      client.PATCH('/users/{id}', {
        params: { path: { id: user.id } },
        body: { roles: act === 'promote' ? ['admin'] : [] },
      }),
    rereads: ['/pending-changes', '/users', '/users/{id}', '/me'],
    onDone(_user, { status }) {
      // A second administrator has to agree first.
      const waits = status === 202
      showToast(waits ? 'info' : 'success', t(waits ? 'role.waits' : `role.${act}d`, words))
      onClose()
    },
  })

  return (
    <DialogFrame
      title={t(`role.${act}Title`, words)}
      submitLabel={t(`role.${act}`)}
      isBusy={isBusy}
      isDangerous={act === 'demote'}
      onSubmit={run}
      onClose={onClose}
    >
      <Text>{act === 'demote' && isSelf ? t('role.demoteSelf') : t(`role.${act}Text`)}</Text>
      <ProblemAlert problem={problem} />
    </DialogFrame>
  )
}
