import { Group, NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { SearchField } from '../../../components/ui/search-field.tsx'
import type { FlowsSearch } from '../flows-search.ts'

interface FlowsToolbarProps {
  search: FlowsSearch
  onChange: (change: FlowsSearch) => void
}

/** Search and filters of the list. */
export function FlowsToolbar({ search, onChange }: FlowsToolbarProps) {
  const { t } = useTranslation('flows')
  return (
    <Group gap="xs" mb="md">
      <SearchField label={t('search')} q={search.q ?? ''} onSearch={(q) => onChange({ q })} />
      <NativeSelect
        aria-label={t('column.enabled')}
        value={search.enabled ?? ''}
        onChange={(event) => onChange({ enabled: event.currentTarget.value })}
        data={[
          { value: '', label: t('filter.anyState') },
          { value: 'true', label: t('filter.on') },
          { value: 'false', label: t('filter.off') },
        ]}
      />
      <NativeSelect
        aria-label={t('column.type')}
        value={search.approvalType ?? ''}
        onChange={(event) => onChange({ approvalType: event.currentTarget.value })}
        data={[
          { value: '', label: t('filter.anyType') },
          { value: 'manual', label: t('type.manual') },
          { value: 'automatic', label: t('type.automatic') },
        ]}
      />
    </Group>
  )
}
