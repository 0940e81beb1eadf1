import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import type { LinkPurpose, UserDetails } from '../user-types.ts'

interface SendLinkDialogProps {
  user: UserDetails
  purpose: LinkPurpose
  onClose: () => void
}

/** Asks before a one-time link to set a password is mailed to somebody. */
export function SendLinkDialog({ user, purpose, onClose }: SendLinkDialogProps) {
  const { t } = useTranslation('users')
  const words = { name: user.name, email: user.email }
  const path = purpose === 'invitation' ? '/users/{id}/invitation' : '/users/{id}/password-reset'
  const { isBusy, problem, run } = useCommand({
    send: (_, headers) => client.POST(path, { params: { path: { id: user.id } }, headers }),
    onDone() {
      showToast('success', t('link.sent', words))
      onClose()
    },
  })

  return (
    <DialogFrame
      title={t(`link.${purpose}Title`, words)}
      submitLabel={t(`link.${purpose}`)}
      isBusy={isBusy}
      onSubmit={run}
      onClose={onClose}
    >
      <Text className="gh-break">{t(`link.${purpose}Text`, words)}</Text>
      <ProblemAlert problem={problem} />
    </DialogFrame>
  )
}
