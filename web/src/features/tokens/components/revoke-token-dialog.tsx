import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import type { ApiToken } from '../token-types.ts'

export function RevokeTokenDialog({ token, onClose }: { token: ApiToken; onClose: () => void }) {
  const { t } = useTranslation('tokens')
  const words = { name: token.name }
  const { isBusy, problem, run } = useCommand({
    send: () => client.DELETE('/api-tokens/{id}', { params: { path: { id: token.id } } }),
    rereads: ['/api-tokens'],
    onDone() {
      showToast('success', t('revoked', words))
      onClose()
    },
  })

  return (
    <DialogFrame
      title={t('revokeTitle', words)}
      submitLabel={t('revoke')}
      isDangerous
      isBusy={isBusy}
      isOver={problem?.status === 404}
      onSubmit={run}
      onClose={onClose}
    >
      <Text>{t('revokeText')}</Text>
      <ProblemAlert problem={problem} />
    </DialogFrame>
  )
}
