import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'
import type { ApiProblem } from '../../../api/problem.ts'
import type { GroupDraft } from '../group-types.ts'

interface GroupFieldsProps {
  value: GroupDraft
  onChange: (value: GroupDraft) => void
  problem: ApiProblem | undefined
  /** Set once somebody tried to send the form. */
  isTried: boolean
  /** The members are in the target of the connector: it cannot change. */
  hasMembers?: boolean
}

const connectorsAtMost = 200

export function GroupFields({ value, onChange, problem, isTried, hasMembers = false }: GroupFieldsProps) {
  const { t } = useTranslation(['groups', 'common'])
  const { data } = $api.useQuery('get', '/connectors', { params: { query: { limit: connectorsAtMost } } })
  const connectors = data?.items ?? []
  const isTaken = problem?.status === 409 && problem.fieldMessage('name')
  const nameProblem = isTaken ? t('field.taken') : problem?.fieldMessage('name')
  return (
    <>
      <TextInput
        label={t('field.name')}
        data-autofocus
        required
        maxLength={120}
        value={value.name}
        onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
        error={isTried && !value.name.trim() ? t('common:required') : nameProblem}
      />
      <Textarea
        label={t('field.description')}
        rows={3}
        maxLength={2000}
        value={value.description}
        onChange={(event) => onChange({ ...value, description: event.currentTarget.value })}
        error={problem?.fieldMessage('description')}
      />
      {(connectors.length > 0 || value.connectorId) && (
        <NativeSelect
          label={t('field.connector')}
          description={t('field.connectorHint')}
          disabled={hasMembers}
          value={value.connectorId}
          onChange={(event) => onChange({ ...value, connectorId: event.currentTarget.value })}
          data={[
            { value: '', label: t('field.local') },
            ...connectors.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          error={problem?.fieldMessage('connectorId')}
        />
      )}
    </>
  )
}
