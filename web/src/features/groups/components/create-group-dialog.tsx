import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import type { components } from '../../../api/schema.d.ts'
import type { Made, MakerProps } from '../../../components/making/makers.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useForm } from '../../../lib/use-form.ts'
import { emptyDraft, groupPaths } from '../group-types.ts'
import { inputOf, useGroupCheck } from '../use-group-form.ts'
import { GroupFields } from './group-fields.tsx'

/** A new group; `name` is what its form begins with. */
export function CreateGroupDialog({ name: begun, onMade, onClose }: MakerProps<Made>) {
  const { t } = useTranslation('groups')
  const { isBusy, problem, run } = useCommand({
    send: (body: components['schemas']['CreateUserGroup'], headers) => client.POST('/user-groups', { body, headers }),
    rereads: groupPaths,
    onDone({ id, name }) {
      draft.forget()
      showToast('success', t('created', { name }))
      onMade({ id, name })
      onClose()
    },
  })
  const { field, values, submit, draft } = useForm({
    initial: { ...emptyDraft, name: begun },
    check: useGroupCheck(),
    problem,
    ...(!begun && { draft: { name: 'group.new' } }),
  })

  return (
    <DialogFrame
      title={t('create')}
      draft={draft}
      isBusy={isBusy}
      onSubmit={() => submit((values) => run(inputOf(values)))}
      onClose={onClose}
    >
      <GroupFields field={field} connectorId={values.connectorId} problem={problem} />
      <ProblemAlert problem={problem} fields={['name', 'description', 'connectorId']} />
    </DialogFrame>
  )
}
