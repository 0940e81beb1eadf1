import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'

/** Asks before every session but this one is ended. */
export function SignOutElsewhereDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('sessions')
  const { isBusy, problem, run } = useCommand({
    send: () => client.DELETE('/me/sessions'),
    rereads: ['/me/sessions'],
    onDone() {
      showToast('success', t('elsewhereEnded'))
      onClose()
    },
  })

  return (
    <DialogFrame
      title={t('elsewhereTitle')}
      submitLabel={t('elsewhere')}
      isDangerous
      isBusy={isBusy}
      onSubmit={run}
      onClose={onClose}
    >
      <Text>{t('elsewhereText')}</Text>
      <ProblemAlert problem={problem} />
    </DialogFrame>
  )
}
