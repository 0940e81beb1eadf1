import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'
import type { ApiProblem } from '../../../api/problem.ts'
import type { FieldOf } from '../../../lib/use-form.ts'
import type { GroupDraft } from '../group-types.ts'

interface GroupFieldsProps {
  field: FieldOf<keyof GroupDraft>
  /** The connector that is chosen, if any. */
  connectorId: string
  problem: ApiProblem | undefined
  /** The members are in the target of the connector: it cannot change. */
  hasMembers?: boolean
  /** Where the name is changed, if not here. */
  source?: string | undefined
}

const connectorsAtMost = 200

export function GroupFields({ field, connectorId, problem, hasMembers = false, source }: GroupFieldsProps) {
  const { t } = useTranslation('groups')
  const { data } = $api.useQuery('get', '/connectors', { params: { query: { limit: connectorsAtMost } } })
  const connectors = data?.items ?? []
  const name = field('name')
  const isTaken = problem?.status === 409 && name.error === problem.fieldMessage('name')
  return (
    <>
      <TextInput
        label={t('field.name')}
        data-autofocus
        required
        maxLength={120}
        readOnly={source !== undefined}
        description={source && t('managedName', { source })}
        {...name}
        error={isTaken && name.error ? t('field.taken') : name.error}
      />
      <Textarea label={t('field.description')} rows={3} maxLength={2000} {...field('description')} />
      {(connectors.length > 0 || connectorId) && (
        <NativeSelect
          label={t('field.connector')}
          description={t('field.connectorHint')}
          disabled={hasMembers}
          {...field('connectorId')}
          data={[
            { value: '', label: t('field.local') },
            ...connectors.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
    </>
  )
}
