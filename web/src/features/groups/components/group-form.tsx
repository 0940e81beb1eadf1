import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { SaveForm } from '../../../components/ui/save-form.tsx'
import { useSaving } from '../../../lib/use-saving.ts'
import { groupPaths, type UserGroup } from '../group-types.ts'
import { GroupFields } from './group-fields.tsx'

/** Name, description and connector of a group. */
export function GroupForm({ group }: { group: UserGroup }) {
  const { t } = useTranslation('groups')
  const { name, description, connectorId, memberCount } = group
  const [draft, setDraft] = useState({ name, description, connectorId: connectorId ?? '' })
  const fields = {
    name: draft.name.trim(),
    description: draft.description,
    connectorId: draft.connectorId || null,
  }
  const { isBusy, problem, isTried, isSaved, isChanged, touch, save } = useSaving({
    fields,
    initial: group,
    send: (body) => client.PATCH('/user-groups/{id}', { params: { path: { id: group.id } }, body }),
    rereads: groupPaths,
  })

  return (
    <SaveForm
      isBusy={isBusy}
      isChanged={isChanged}
      saved={isSaved && t('saved')}
      onSave={() => save(fields.name !== '')}
    >
      <GroupFields
        value={draft}
        onChange={(next) => {
          setDraft(next)
          touch()
        }}
        problem={problem}
        isTried={isTried}
        hasMembers={memberCount > 0}
      />
      <ProblemAlert problem={problem} fields={['name', 'description', 'connectorId']} />
    </SaveForm>
  )
}
