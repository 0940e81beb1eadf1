import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import type { components } from '../../../api/schema.d.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useForm } from '../../../lib/use-form.ts'
import { emptyDraft, groupPaths } from '../group-types.ts'
import { inputOf, useGroupCheck } from '../use-group-form.ts'
import { GroupFields } from './group-fields.tsx'

interface CreateGroupDialogProps {
  onCreated: (groupId: string) => void
  onClose: () => void
}

export function CreateGroupDialog({ onCreated, onClose }: CreateGroupDialogProps) {
  const { t } = useTranslation('groups')
  const { isBusy, problem, run } = useCommand({
    send: (body: components['schemas']['CreateUserGroup'], headers) => client.POST('/user-groups', { body, headers }),
    rereads: groupPaths,
    onDone({ id, name }) {
      showToast('success', t('created', { name }))
      onCreated(id)
    },
  })
  const { field, values, submit } = useForm({ initial: emptyDraft, check: useGroupCheck(), problem })

  return (
    <DialogFrame
      title={t('create')}
      isBusy={isBusy}
      onSubmit={() => submit((draft) => run(inputOf(draft)))}
      onClose={onClose}
    >
      <GroupFields field={field} connectorId={values.connectorId} problem={problem} />
      <ProblemAlert problem={problem} fields={['name', 'description', 'connectorId']} />
    </DialogFrame>
  )
}
