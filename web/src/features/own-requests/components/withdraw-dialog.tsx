import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import type { AccessRequest } from '../../../api/types.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useReadAgain, useShowOwnRequest } from '../../request-card/api/use-own-request.ts'
import { DialogProblem } from '../../request-card/components/dialog-problem.tsx'

/** Asks before a request is taken back. */
export function WithdrawDialog({ request, onClose }: { request: AccessRequest; onClose: () => void }) {
  const { t } = useTranslation('asking')
  const show = useShowOwnRequest()
  const readAgain = useReadAgain()
  const words = { flow: request.approvalFlow.name }
  const { isBusy, problem, run } = useCommand({
    send: (_, headers) =>
      client.POST('/access-requests/{id}/withdraw', { params: { path: { id: request.id } }, headers }),
    awaitsOutcome: true,
    onDone(withdrawn, { status }) {
      show(withdrawn)
      if (status !== 202) showToast('success', t('withdrawn', words))
      else showToast('info', t('underWay'))
      onClose()
    },
    onRefused: (refusal) => refusal.status === 409 && readAgain(request.id),
  })
  return (
    <DialogFrame
      title={t('withdrawTitle', words)}
      submitLabel={t('withdraw')}
      isDangerous
      isBusy={isBusy}
      isOver={problem?.code === 'request_closed'}
      onSubmit={run}
      onClose={onClose}
    >
      <Text>{t('withdrawText')}</Text>
      <DialogProblem problem={problem} />
    </DialogFrame>
  )
}
