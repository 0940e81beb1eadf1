import { Group, NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { SearchField } from '../../../components/ui/search-field.tsx'
import { userStates } from '../user-types.ts'

interface UsersToolbarProps {
  q: string
  state: string
  onChange: (change: { q?: string; state?: string }) => void
}

export function UsersToolbar({ q, state, onChange }: UsersToolbarProps) {
  const { t } = useTranslation('users')
  return (
    <Group gap="xs" mb="md">
      <SearchField label={t('search')} q={q} onSearch={(text) => onChange({ q: text })} />
      <NativeSelect
        aria-label={t('stateFilter')}
        value={state}
        onChange={(event) => onChange({ state: event.currentTarget.value })}
        data={[
          { value: '', label: t('anyState') },
          ...userStates.map((each) => ({ value: each, label: t(`state.${each}`) })),
        ]}
      />
    </Group>
  )
}
