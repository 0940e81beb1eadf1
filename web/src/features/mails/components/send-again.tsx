import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import type { UnsentMail } from '../mail-types.ts'

/** Puts a refused mail back into the queue; of others it says why there is nothing to press. */
export function SendAgain({ mail }: { mail: UnsentMail }) {
  const { t } = useTranslation('mails')
  const { id, kind, state, recipient, canSendAgain } = mail
  const { name } = recipient
  const { run, isBusy, problem } = useCommand({
    send: (_: void, headers) => client.POST('/mails/{id}/send-again', { params: { path: { id } }, headers }),
    rereads: ['/mails', '/mails/counts'],
    onDone: () => showToast('success', t('againDone', { name })),
  })
  if (!canSendAgain)
    return (
      <Text size="sm" c="dimmed" maw={260}>
        {t(state === 'waiting' ? 'bySelf' : 'linkGone')}
      </Text>
    )
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={isBusy}
        aria-label={t('againOne', { name, kind: t(`kind.${kind}`) })}
        onClick={() => void run()}
      >
        {t('again')}
      </Button>
      <ProblemAlert problem={problem} />
    </>
  )
}
