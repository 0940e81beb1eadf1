import { Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useWrite } from '../../../lib/use-write.ts'
import type { Application } from '../application-types.ts'

interface DeleteApplicationDialogProps {
  application: Application
  onDeleted: () => void
  onClose: () => void
}

export function DeleteApplicationDialog({ application, onDeleted, onClose }: DeleteApplicationDialogProps) {
  const { t } = useTranslation('applications')
  const queries = useQueryClient()
  const { isBusy, problem, write } = useWrite()
  const words = { name: application.name }

  async function remove(): Promise<void> {
    const isDone = await write(null, async () => {
      await client.DELETE('/applications/{id}', { params: { path: { id: application.id } } })
    })
    if (!isDone) return
    showToast('success', t('deleted', words))
    void queries.invalidateQueries({ queryKey: ['get', '/applications'] })
    onDeleted()
  }

  return (
    <DialogFrame
      title={t('deleteTitle', words)}
      submitLabel={t('delete')}
      isDangerous
      isBusy={isBusy}
      onSubmit={remove}
      onClose={onClose}
    >
      <Text>{t('deleteText')}</Text>
      <ProblemAlert problem={problem} />
    </DialogFrame>
  )
}
