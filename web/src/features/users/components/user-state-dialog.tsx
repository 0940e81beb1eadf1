import { Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useFormat } from '../../../lib/use-format.ts'
import { useWrite } from '../../../lib/use-write.ts'
import type { UserDialogProps } from '../user-types.ts'

/** Asks before a user is suspended or activated, saying what follows from it. */
export function UserStateDialog({ user, isSelf, onClose }: UserDialogProps) {
  const { t } = useTranslation('users')
  const queries = useQueryClient()
  const { isBusy, problem, write } = useWrite()
  const act = user.state === 'activated' ? 'suspend' : 'activate'
  const state = act === 'suspend' ? 'suspended' : 'activated'
  const words = { name: user.name }
  const format = useFormat()

  async function change(): Promise<void> {
    const body = { state } as const
    const isDone = await write(body, async () => {
      await client.PATCH('/users/{id}', { params: { path: { id: user.id } }, body })
    })
    if (!isDone) return
    showToast('success', t(state, words))
    void queries.invalidateQueries({ queryKey: ['get', '/users'] })
    void queries.invalidateQueries({ queryKey: ['get', '/users/{id}'] })
    onClose()
  }

  return (
    <DialogFrame
      title={t(`${act}Title`, words)}
      submitLabel={t(act)}
      isBusy={isBusy}
      isDangerous={act === 'suspend'}
      onSubmit={change}
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
