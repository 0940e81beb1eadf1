import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import type { SourceToken } from '../source-types.ts'

/** Asks before a token ends, whoever has made it. */
export function EndSourceTokenDialog({ token, onClose }: { token: SourceToken; onClose: () => void }) {
  const { t } = useTranslation('sources')
  const words = { name: token.name }
  const { isBusy, problem, run } = useCommand({
    send: () =>
      client.DELETE('/users/{id}/credentials/{credentialId}', {
        params: { path: { id: token.madeBy.id, credentialId: token.id } },
      }),
    rereads: ['/people-sources', '/api-tokens'],
    onDone() {
      showToast('success', t('tokenEnded', words))
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
