import { Button, Group, Input, NativeSelect, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ExportMenu } from '../../../components/ui/export-menu.tsx'
import { LocalAnchor } from '../../../components/ui/link.tsx'
import { SearchField } from '../../../components/ui/search-field.tsx'
import { lastDay } from '../../../lib/day.ts'
import { type EventSearch, eventKinds, filtersOf, kindsOfEvents } from '../event-search.ts'

interface EventFiltersProps {
  search: EventSearch
  onChange: (change: EventSearch) => void
  onClear: () => void
}

/** Search, filters and export of the events. */
export function EventFilters({ search, onChange, onClear }: EventFiltersProps) {
  const { t } = useTranslation('audit')
  const { q = '', type = '', from = '', to = '', by = '', request = '' } = search
  const day = (end: 'from' | 'to') => (
    <TextInput
      type="date"
      max={lastDay}
      label={t(`filter.${end}`)}
      value={end === 'from' ? from : to}
      onChange={(event) => onChange({ [end]: event.currentTarget.value })}
    />
  )
  return (
    <>
      <Group gap="xs" mb="xs">
        <SearchField label={t('search')} q={q} onSearch={(text) => onChange({ q: text })} />
        <ExportMenu path="/directory-insights/events/export" query={filtersOf(search)} asksForFreshSignIn />
      </Group>
      <Group gap="xs" mb="md" align="flex-end">
        <NativeSelect
          label={t('filter.type')}
          value={type}
          onChange={(event) => onChange({ type: event.currentTarget.value })}
          data={[
            { value: '', label: t('filter.any') },
            ...kindsOfEvents.map((kind) => ({
              group: t(`kind.${kind}`),
              items: eventKinds[kind].map((each) => ({ value: each, label: t(`type.${each}`) })),
            })),
          ]}
          w={{ base: '100%', sm: 250 }}
        />
        {day('from')}
        {day('to')}
        <div>
          <Input.Label labelElement="div" aria-hidden="true">
            {t('filter.by')}
          </Input.Label>
          <SearchField
            label={t('filter.by')}
            placeholder={t('filter.byHint')}
            q={by}
            onSearch={(text) => onChange({ by: text })}
          />
        </div>
        {(q || type || from || to || by || request) && (
          <Button variant="subtle" onClick={onClear}>
            {t('clear')}
          </Button>
        )}
      </Group>
      {request && (
        <Text size="sm" mb="md">
          {t('filter.request')} <LocalAnchor href={`/admin/requests/${request}`}>{request}</LocalAnchor>
        </Text>
      )}
      {from && to && from > to && (
        <Text role="status" size="sm" mb="md">
          {t('filter.order')}
        </Text>
      )}
    </>
  )
}
