import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { SaveForm } from '../../../components/ui/save-form.tsx'
import { useSavedForm } from '../../../lib/use-saved-form.ts'
import { groupPaths, type UserGroup } from '../group-types.ts'
import { inputOf, useGroupCheck } from '../use-group-form.ts'
import { GroupFields } from './group-fields.tsx'

/** Name, description and connector of a group. */
export function GroupForm({ group }: { group: UserGroup }) {
  const { t } = useTranslation('groups')
  const { name, description, connectorId, memberCount } = group
  const { field, values, problem, isSaved, frame } = useSavedForm({
    initial: { name, description, connectorId: connectorId ?? '' },
    saved: group,
    bodyOf: inputOf,
    check: useGroupCheck(),
    send: (body) => client.PATCH('/user-groups/{id}', { params: { path: { id: group.id } }, body }),
    rereads: groupPaths,
  })

  return (
    <SaveForm {...frame} saved={isSaved && t('saved')}>
      <GroupFields
        field={field}
        connectorId={values.connectorId}
        problem={problem}
        hasMembers={memberCount > 0}
        source={group.managedBy?.name}
      />
      <ProblemAlert problem={problem} fields={['name', 'description', 'connectorId']} />
    </SaveForm>
  )
}
