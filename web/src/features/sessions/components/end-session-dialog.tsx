import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useDeviceName } from '../../../lib/use-device-name.ts'
import type { Session } from '../session-types.ts'

/** Asks before one of one's own sessions is ended. */
export function EndSessionDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  const { t } = useTranslation('sessions')
  const words = { device: useDeviceName()(session.userAgent) }
  const { isBusy, problem, run } = useCommand({
    send: () => client.DELETE('/me/sessions/{id}', { params: { path: { id: session.id } } }),
    rereads: ['/me/sessions'],
    onDone() {
      showToast('success', t('ended', words))
      onClose()
    },
  })

  return (
    <DialogFrame
      title={t('endTitle', words)}
      submitLabel={t('end')}
      isDangerous
      isBusy={isBusy}
      isOver={problem?.status === 404}
      onSubmit={run}
      onClose={onClose}
    >
      <Text>{t('endText')}</Text>
      <ProblemAlert problem={problem} />
    </DialogFrame>
  )
}
