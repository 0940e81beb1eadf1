import { Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useWrite } from '../../../lib/use-write.ts'

/** Asks before every session but this one is ended. */
export function SignOutElsewhereDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('sessions')
  const queries = useQueryClient()
  const { isBusy, problem, write } = useWrite()

  async function signOut(): Promise<void> {
    const isDone = await write(null, async () => {
      await client.DELETE('/me/sessions')
    })
    void queries.invalidateQueries({ queryKey: ['get', '/me/sessions'] })
    if (!isDone) return
    showToast('success', t('elsewhereEnded'))
    onClose()
  }

  return (
    <DialogFrame
      title={t('elsewhereTitle')}
      submitLabel={t('elsewhere')}
      isDangerous
      isBusy={isBusy}
      onSubmit={signOut}
      onClose={onClose}
    >
      <Text>{t('elsewhereText')}</Text>
      <ProblemAlert problem={problem} />
    </DialogFrame>
  )
}
