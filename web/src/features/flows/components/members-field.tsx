import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useGroup } from '../directory.ts'

interface MembersFieldProps {
  groupId: string | null
  value: number | 'all'
  onChange: (required: number | 'all') => void
  error?: string | undefined
}

/** Most members a step may ask for, as the service has it. */
const most = 100

/** How many members of the group have to approve: one, several, or all; never more than it has. */
export function MembersField({ groupId, value, onChange, error }: MembersFieldProps) {
  const { t } = useTranslation('flows')
  const { data: group } = useGroup(groupId)
  const members = group?.memberCount
  const offered = Math.max(1, Math.min(most, members ?? 1))
  const isTooMany = members !== undefined && value !== 'all' && value > Math.max(1, members)
  const numbers = Array.from({ length: offered }, (_, index) => index + 1)
  if (value !== 'all' && value > offered) numbers.push(value)
  return (
    <NativeSelect
      flex="1 1 180px"
      label={t('members.label')}
      value={String(value)}
      onChange={({ currentTarget }) => onChange(currentTarget.value === 'all' ? 'all' : Number(currentTarget.value))}
      data={[
        ...numbers.map((number) => ({ value: String(number), label: t('members.number', { count: number }) })),
        { value: 'all', label: t('members.all') },
      ]}
      description={members !== undefined && t('members.has', { count: members })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      error={error ?? (isTooMany ? t('members.tooMany') : undefined)}
    />
  )
}
