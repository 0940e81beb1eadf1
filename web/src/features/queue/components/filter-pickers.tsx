import { Autocomplete, MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'
import { PersonSelect } from '../../../components/ui/person-select.tsx'
import { useNames } from '../api/use-names.ts'
import { noFilters, type QueueFilters } from '../queue-search.ts'

interface PickersProps {
  filters: QueueFilters
  onChange: (filters: QueueFilters) => void
}

/** Flows, the department and the approver, each looked up by what is typed. */
export function FilterPickers({ filters, onChange }: PickersProps) {
  const { t } = useTranslation('requests')
  const { people } = useNames({ ...noFilters, approver: filters.approver })
  const { approver } = filters
  const name = people[approver]
  return (
    <>
      <FlowsField value={filters.flow} onChange={(flow) => onChange({ ...filters, flow })} />
      <DepartmentField value={filters.department} onChange={(department) => onChange({ ...filters, department })} />
      <PersonSelect
        key={name ?? approver}
        label={t('filters.approver')}
        placeholder={t('filters.requesterHint')}
        value={approver ? { id: approver, name: name === null ? t('filters.gone') : (name ?? '…'), email: '' } : null}
        onChange={(person) => onChange({ ...filters, approver: person?.id ?? '' })}
        clearable
      />
    </>
  )
}

function FlowsField({ value, onChange }: { value: string[]; onChange: (ids: string[]) => void }) {
  const { t } = useTranslation('requests')
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 200)
  const { data } = $api.useQuery(
    'get',
    '/approval-flows',
    { params: { query: { limit: 8, ...(q && { q }) } } },
    { placeholderData: keepPreviousData },
  )
  const { flows } = useNames({ ...noFilters, flow: value })
  const found = (data?.items ?? []).filter(({ id }) => !value.includes(id))
  const chosen = value.map((id) => ({ value: id, label: flows[id] === null ? t('filters.gone') : (flows[id] ?? '…') }))
  return (
    <MultiSelect
      filter={({ options }) => options}
      label={t('filters.flow')}
      placeholder={t('filters.flowHint')}
      searchable
      searchValue={text}
      onSearchChange={setText}
      data={[...found.map(({ id, name }) => ({ value: id, label: name })), ...chosen]}
      value={value}
      onChange={onChange}
      withScrollArea={false}
      comboboxProps={{ withinPortal: false }}
    />
  )
}

function DepartmentField({ value, onChange }: { value: string; onChange: (department: string) => void }) {
  const { t } = useTranslation('requests')
  const [q] = useDebouncedValue(value.trim(), 200)
  const { data } = $api.useQuery(
    'get',
    '/departments',
    { params: { query: { ...(q && { q }) } } },
    { placeholderData: keepPreviousData },
  )
  return (
    <Autocomplete
      label={t('column.department')}
      value={value}
      onChange={onChange}
      data={data?.items.map(({ name }) => name) ?? []}
      filter={({ options }) => options}
      maxLength={200}
      withScrollArea={false}
      comboboxProps={{ withinPortal: false }}
    />
  )
}
