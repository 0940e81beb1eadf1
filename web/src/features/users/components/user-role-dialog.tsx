import { Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useWrite } from '../../../lib/use-write.ts'
import type { UserDialogProps } from '../user-types.ts'

/** Asks before somebody becomes an administrator, or is one no longer. */
export function UserRoleDialog({ user, isSelf, onClose }: UserDialogProps) {
  const { t } = useTranslation('users')
  const queries = useQueryClient()
  const { isBusy, problem, write } = useWrite()
  const act = user.roles.includes('admin') ? 'demote' : 'promote'
  const words = { name: user.name }

  async function change(): Promise<void> {
    const body = { roles: act === 'promote' ? ['admin' as const] : [] }
    let waits = false
    const isDone = await write(body, async () => {
      const { response } = await client.PATCH('/users/{id}', { params: { path: { id: user.id } }, body })
      waits = response.status === 202
    })
    if (!isDone) return
    showToast(waits ? 'info' : 'success', t(waits ? 'role.waits' : `role.${act}d`, words))
    void queries.invalidateQueries({ queryKey: ['get', '/pending-changes'] })
    for (const path of ['/users', '/users/{id}', '/me']) void queries.invalidateQueries({ queryKey: ['get', path] })
    onClose()
  }

  return (
    <DialogFrame
      title={t(`role.${act}Title`, words)}
      submitLabel={t(`role.${act}`)}
      isBusy={isBusy}
      isDangerous={act === 'demote'}
      onSubmit={change}
      onClose={onClose}
    >
      <Text>{act === 'demote' && isSelf ? t('role.demoteSelf') : t(`role.${act}Text`)}</Text>
      <ProblemAlert problem={problem} />
    </DialogFrame>
  )
}
