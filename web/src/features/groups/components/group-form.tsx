import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { SaveForm } from '../../../components/ui/save-form.tsx'
import { changedFields } from '../../../lib/changed-fields.ts'
import { useWrite } from '../../../lib/use-write.ts'
import type { UserGroup } from '../group-types.ts'
import { useRefreshGroups } from '../use-refresh-groups.ts'
import { GroupFields } from './group-fields.tsx'

/** Name, description and connector of a group. */
export function GroupForm({ group }: { group: UserGroup }) {
  const { t } = useTranslation('groups')
  const refresh = useRefreshGroups()
  const { isBusy, problem, write } = useWrite()
  const { name, description, connectorId, memberCount } = group
  const [draft, setDraft] = useState({ name, description, connectorId: connectorId ?? '' })
  const [isTried, setIsTried] = useState(false)
  const [isSaved, setIsSaved] = useState(false)
  const [saved, setSaved] = useState({ name, description, connectorId })

  const fields = {
    name: draft.name.trim(),
    description: draft.description,
    connectorId: draft.connectorId || null,
  }
  const body = changedFields(fields, saved)

  async function save(): Promise<void> {
    setIsTried(true)
    setIsSaved(false)
    if (!draft.name.trim()) return
    const isDone = await write(body, async () => {
      await client.PATCH('/user-groups/{id}', { params: { path: { id: group.id } }, body })
    })
    if (!isDone) return
    setSaved(fields)
    setIsSaved(true)
    refresh()
  }

  return (
    <SaveForm isBusy={isBusy} isChanged={Object.keys(body).length > 0} saved={isSaved && t('saved')} onSave={save}>
      <GroupFields
        value={draft}
        onChange={(next) => {
          setDraft(next)
          setIsSaved(false)
        }}
        problem={problem}
        isTried={isTried}
        hasMembers={memberCount > 0}
      />
      <ProblemAlert problem={problem} fields={['name', 'description', 'connectorId']} />
    </SaveForm>
  )
}
