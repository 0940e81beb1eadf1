import '../../../theme/mantine-more.css'
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { type Ref, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'

interface Person {
  id: string
  name: string
  email: string
}

interface ManagerFieldProps {
  value: Person | null
  onChange: (manager: Person | null) => void
  /** Nobody is their own manager. */
  exceptId?: string
  fieldRef?: Ref<HTMLInputElement>
  error?: string | undefined
}

const wordsOf = ({ name, email }: Person) => `${name} (${email})`

/** A part of a name or email is enough; people of that name are offered. */
export function ManagerField({ value, onChange, exceptId, fieldRef, error }: ManagerFieldProps) {
  const { t } = useTranslation('users')
  const [text, setText] = useState(value ? wordsOf(value) : '')
  const typed = value && text === wordsOf(value) ? '' : text.trim()
  const [q] = useDebouncedValue(typed, 200)
  const { data } = $api.useQuery(
    'get',
    '/users',
    { params: { query: { limit: 8, state: 'activated', ...(q && { q }) } } },
    { placeholderData: keepPreviousData },
  )
  const found = (data?.items ?? []).filter(({ id }) => id !== exceptId && id !== value?.id)
  // The field must know its own value, but what was searched for comes first.
  const people: Person[] = value ? (typed ? [...found, value] : [value, ...found]) : found
  return (
    <Select
      ref={fieldRef}
      label={t('column.manager')}
      placeholder={t('employment.managerHint')}
      data={people.map((person) => ({ value: person.id, label: wordsOf(person) }))}
      value={value?.id ?? null}
      onChange={(id) => onChange(people.find((person) => person.id === id) ?? null)}
      searchable
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      nothingFoundMessage={t('employment.noManager')}
      clearable
      allowDeselect={false}
      clearButtonProps={{ 'aria-label': t('employment.clearManager') }}
      error={error}
      withScrollArea={false}
      comboboxProps={{ withinPortal: false }}
      data-manager-field
    />
  )
}
