import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import type { components } from '../../../api/schema.d.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { groupPaths } from '../group-types.ts'
import { GroupFields } from './group-fields.tsx'

interface CreateGroupDialogProps {
  onCreated: (groupId: string) => void
  onClose: () => void
}

export function CreateGroupDialog({ onCreated, onClose }: CreateGroupDialogProps) {
  const { t } = useTranslation('groups')
  const [draft, setDraft] = useState({ name: '', description: '', connectorId: '' })
  const [isTried, setIsTried] = useState(false)
  const { isBusy, problem, run } = useCommand({
    send: (body: components['schemas']['CreateUserGroup'], headers) => client.POST('/user-groups', { body, headers }),
    rereads: groupPaths,
    onDone({ id, name }) {
      showToast('success', t('created', { name }))
      onCreated(id)
    },
  })

  function create(): void {
    setIsTried(true)
    const name = draft.name.trim()
    if (name) void run({ name, description: draft.description, connectorId: draft.connectorId || null })
  }

  return (
    <DialogFrame title={t('create')} isBusy={isBusy} onSubmit={create} onClose={onClose}>
      <GroupFields value={draft} onChange={setDraft} problem={problem} isTried={isTried} />
      <ProblemAlert problem={problem} fields={['name', 'description', 'connectorId']} />
    </DialogFrame>
  )
}
