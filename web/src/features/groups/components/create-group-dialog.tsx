import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useWrite } from '../../../lib/use-write.ts'
import { useRefreshGroups } from '../use-refresh-groups.ts'
import { GroupFields } from './group-fields.tsx'

interface CreateGroupDialogProps {
  onCreated: (groupId: string) => void
  onClose: () => void
}

export function CreateGroupDialog({ onCreated, onClose }: CreateGroupDialogProps) {
  const { t } = useTranslation('groups')
  const refresh = useRefreshGroups()
  const { isBusy, problem, write } = useWrite()
  const [draft, setDraft] = useState({ name: '', description: '', connectorId: '' })
  const [isTried, setIsTried] = useState(false)

  async function create(): Promise<void> {
    setIsTried(true)
    const name = draft.name.trim()
    if (!name) return
    const body = { name, description: draft.description, connectorId: draft.connectorId || null }
    let groupId = ''
    const isDone = await write(body, async (headers) => {
      const { data } = await client.POST('/user-groups', { body, headers })
      groupId = data?.id ?? ''
    })
    if (!isDone) return
    showToast('success', t('created', { name }))
    refresh()
    onCreated(groupId)
  }

  return (
    <DialogFrame title={t('create')} isBusy={isBusy} onSubmit={create} onClose={onClose}>
      <GroupFields value={draft} onChange={setDraft} problem={problem} isTried={isTried} />
      <ProblemAlert problem={problem} fields={['name', 'description', 'connectorId']} />
    </DialogFrame>
  )
}
