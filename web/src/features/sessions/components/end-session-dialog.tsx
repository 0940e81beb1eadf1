import { Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useDeviceName } from '../../../lib/use-device-name.ts'
import { useWrite } from '../../../lib/use-write.ts'
import type { Session } from '../session-types.ts'

/** Asks before one of one's own sessions is ended. */
export function EndSessionDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  const { t } = useTranslation('sessions')
  const queries = useQueryClient()
  const { isBusy, problem, write } = useWrite()
  const words = { device: useDeviceName()(session.userAgent) }

  async function end(): Promise<void> {
    const isDone = await write(null, async () => {
      await client.DELETE('/me/sessions/{id}', { params: { path: { id: session.id } } })
    })
    void queries.invalidateQueries({ queryKey: ['get', '/me/sessions'] })
    if (!isDone) return
    showToast('success', t('ended', words))
    onClose()
  }

  return (
    <DialogFrame
      title={t('endTitle', words)}
      submitLabel={t('end')}
      isDangerous
      isBusy={isBusy}
      isOver={problem?.status === 404}
      onSubmit={end}
      onClose={onClose}
    >
      <Text>{t('endText')}</Text>
      <ProblemAlert problem={problem} />
    </DialogFrame>
  )
}
