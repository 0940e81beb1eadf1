import { Autocomplete } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'

/** A part of a name or address is enough; people of that name are offered. */
export function RequesterField({ value, onChange }: { value: string; onChange: (name: string) => void }) {
  const { t } = useTranslation('requests')
  const [q] = useDebouncedValue(value.trim(), 200)
  const { data } = $api.useQuery(
    'get',
    '/users',
    { params: { query: { person: q, limit: 8 } } },
    { enabled: q !== '', placeholderData: keepPreviousData },
  )
  const names = q === '' ? [] : [...new Set(data?.items.map(({ name }) => name))]
  return (
    <Autocomplete
      label={t('filters.requester')}
      placeholder={t('filters.requesterHint')}
      value={value}
      onChange={onChange}
      data={names}
      filter={({ options }) => options}
      withScrollArea={false}
      comboboxProps={{ withinPortal: false }}
    />
  )
}
