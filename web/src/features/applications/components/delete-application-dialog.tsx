import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import type { Application } from '../application-types.ts'

interface DeleteApplicationDialogProps {
  application: Application
  onDeleted: () => void
  onClose: () => void
}

export function DeleteApplicationDialog({ application, onDeleted, onClose }: DeleteApplicationDialogProps) {
  const { t } = useTranslation('applications')
  const words = { name: application.name }
  const { isBusy, problem, run } = useCommand({
    send: () => client.DELETE('/applications/{id}', { params: { path: { id: application.id } } }),
    rereads: ['/applications'],
    onDone() {
      showToast('success', t('deleted', words))
      onDeleted()
    },
  })

  return (
    <DialogFrame
      title={t('deleteTitle', words)}
      submitLabel={t('delete')}
      isDangerous
      isBusy={isBusy}
      onSubmit={run}
      onClose={onClose}
    >
      <Text>{t('deleteText')}</Text>
      <ProblemAlert problem={problem} />
    </DialogFrame>
  )
}
