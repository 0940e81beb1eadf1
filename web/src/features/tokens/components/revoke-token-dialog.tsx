import { Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useWrite } from '../../../lib/use-write.ts'
import type { ApiToken } from '../token-types.ts'

export function RevokeTokenDialog({ token, onClose }: { token: ApiToken; onClose: () => void }) {
  const { t } = useTranslation('tokens')
  const queries = useQueryClient()
  const { isBusy, problem, write } = useWrite()
  const words = { name: token.name }

  async function revoke(): Promise<void> {
    const isDone = await write(null, async () => {
      await client.DELETE('/api-tokens/{id}', { params: { path: { id: token.id } } })
    })
    void queries.invalidateQueries({ queryKey: ['get', '/api-tokens'] })
    if (!isDone) return
    showToast('success', t('revoked', words))
    onClose()
  }

  return (
    <DialogFrame
      title={t('revokeTitle', words)}
      submitLabel={t('revoke')}
      isDangerous
      isBusy={isBusy}
      isOver={problem?.status === 404}
      onSubmit={revoke}
      onClose={onClose}
    >
      <Text>{t('revokeText')}</Text>
      <ProblemAlert problem={problem} />
    </DialogFrame>
  )
}
