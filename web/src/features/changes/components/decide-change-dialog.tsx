import { Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useWrite } from '../../../lib/use-write.ts'
import type { PendingChange } from '../change-types.ts'
import { useChangeWords } from '../use-change-words.ts'

interface DecideChangeDialogProps {
  change: PendingChange
  verb: 'approve' | 'reject'
  onClose: () => void
}

/** Asks before a change of another administrator is carried out, or done away with. */
export function DecideChangeDialog({ change, verb, onClose }: DecideChangeDialogProps) {
  const { t } = useTranslation('changes')
  const queries = useQueryClient()
  const wordsOf = useChangeWords()
  const { isBusy, problem, write } = useWrite()

  async function decide(): Promise<void> {
    const params = { path: { id: change.id } }
    const isDone = await write(null, async (headers) => {
      if (verb === 'approve')
        await client.POST('/pending-changes/{id}/approve', { params: { ...params, header: headers } })
      else await client.POST('/pending-changes/{id}/reject', { params: { ...params, header: headers } })
    })
    for (const path of ['/pending-changes', '/users', '/users/{id}', '/user-groups/{id}/members'])
      void queries.invalidateQueries({ queryKey: ['get', path] })
    if (!isDone) return
    showToast('success', t(`${verb}Done`, { name: change.user.name }))
    onClose()
  }

  return (
    <DialogFrame
      title={t(`${verb}Title`)}
      submitLabel={t(verb)}
      isBusy={isBusy}
      isDangerous={verb === 'reject'}
      isOver={problem?.status === 404}
      onSubmit={decide}
      onClose={onClose}
    >
      <Text>{wordsOf(change)}</Text>
      <Text c="dimmed" size="sm">
        {t('proposedBy', { name: change.proposedBy.name })}
      </Text>
      <ProblemAlert problem={problem} />
    </DialogFrame>
  )
}
