import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import type { Credential, UserDetails } from '../user-types.ts'

interface EndCredentialsDialogProps {
  user: UserDetails
  ended: Credential | 'all'
  onClose: () => void
}

/** Asks before a session or API token of somebody ends, or all of them. */
export function EndCredentialsDialog({ user, ended, onClose }: EndCredentialsDialogProps) {
  const { t } = useTranslation('users')
  const isAll = ended === 'all'
  const words = { name: user.name, credential: isAll ? '' : ended.name }
  const { id } = user
  const { isBusy, problem, run } = useCommand<unknown>({
    send: () =>
      isAll
        ? client.DELETE('/users/{id}/credentials', { params: { path: { id } } })
        : client.DELETE('/users/{id}/credentials/{credentialId}', { params: { path: { id, credentialId: ended.id } } }),
    rereads: ['/users/{id}/credentials'],
    onDone() {
      showToast('success', t(isAll ? 'credentials.allEnded' : 'credentials.oneEnded', words))
      onClose()
    },
  })

  return (
    <DialogFrame
      title={t(isAll ? 'credentials.endAllTitle' : 'credentials.endOneTitle', words)}
      submitLabel={t(isAll ? 'credentials.endAll' : 'credentials.endOne')}
      isDangerous
      isBusy={isBusy}
      isOver={problem?.status === 404}
      onSubmit={run}
      onClose={onClose}
    >
      <Text>{t(isAll ? 'credentials.endAllText' : 'credentials.endOneText', words)}</Text>
      <ProblemAlert problem={problem} />
    </DialogFrame>
  )
}
