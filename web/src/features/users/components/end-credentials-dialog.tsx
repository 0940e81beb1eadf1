import { Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useWrite } from '../../../lib/use-write.ts'
import type { Credential, UserDetails } from '../user-types.ts'

interface EndCredentialsDialogProps {
  user: UserDetails
  ended: Credential | 'all'
  onClose: () => void
}

/** Asks before a session or API token of somebody ends, or all of them. */
export function EndCredentialsDialog({ user, ended, onClose }: EndCredentialsDialogProps) {
  const { t } = useTranslation('users')
  const queries = useQueryClient()
  const { isBusy, problem, write } = useWrite()
  const isAll = ended === 'all'
  const words = { name: user.name, credential: isAll ? '' : ended.name }

  async function end(): Promise<void> {
    const { id } = user
    const isDone = await write(null, async () => {
      if (isAll) await client.DELETE('/users/{id}/credentials', { params: { path: { id } } })
      else
        await client.DELETE('/users/{id}/credentials/{credentialId}', {
          params: { path: { id, credentialId: ended.id } },
        })
    })
    void queries.invalidateQueries({ queryKey: ['get', '/users/{id}/credentials'] })
    if (!isDone) return
    showToast('success', t(isAll ? 'credentials.allEnded' : 'credentials.oneEnded', words))
    onClose()
  }

  return (
    <DialogFrame
      title={t(isAll ? 'credentials.endAllTitle' : 'credentials.endOneTitle', words)}
      submitLabel={t(isAll ? 'credentials.endAll' : 'credentials.endOne')}
      isDangerous
      isBusy={isBusy}
      isOver={problem?.status === 404}
      onSubmit={end}
      onClose={onClose}
    >
      <Text>{t(isAll ? 'credentials.endAllText' : 'credentials.endOneText', words)}</Text>
      <ProblemAlert problem={problem} />
    </DialogFrame>
  )
}
