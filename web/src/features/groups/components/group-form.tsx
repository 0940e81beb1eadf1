import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { SaveForm } from '../../../components/ui/save-form.tsx'
import { useSaving } from '../../../lib/use-saving.ts'
import type { UserGroup } from '../group-types.ts'
import { useRefreshGroups } from '../use-refresh-groups.ts'
import { GroupFields } from './group-fields.tsx'

/** Name, description and connector of a group. */
export function GroupForm({ group }: { group: UserGroup }) {
  const { t } = useTranslation('groups')
  const refresh = useRefreshGroups()
  const { name, description, connectorId, memberCount } = group
  const [draft, setDraft] = useState({ name, description, connectorId: connectorId ?? '' })
  const fields = {
    name: draft.name.trim(),
    description: draft.description,
    connectorId: draft.connectorId || null,
  }
  const { isBusy, problem, isTried, isSaved, isChanged, touch, save } = useSaving(fields, group)

  async function submit(): Promise<void> {
    const isDone = await save(fields.name !== '', async (body) => {
      await client.PATCH('/user-groups/{id}', { params: { path: { id: group.id } }, body })
      return fields
    })
    if (isDone) refresh()
  }

  return (
    <SaveForm isBusy={isBusy} isChanged={isChanged} saved={isSaved && t('saved')} onSave={submit}>
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
