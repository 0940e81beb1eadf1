import '../../theme/mantine-more.css'
import { Select, type SelectProps } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { $api } from '../../api/client.ts'

/** Somebody of the directory, as they are chosen and shown. */
export interface Person {
  id: string
  name: string
  email: string
}

interface PersonSelectProps extends Omit<SelectProps, 'value' | 'onChange' | 'data'> {
  value: Person | null
  onChange: (person: Person | null) => void
  /** Not offered. */
  exceptId?: string | undefined
}

const wordsOf = ({ name, email }: Person) => `${name} (${email})`

/** One activated person: a part of a name or email is enough; people of that name are offered. */
export function PersonSelect({ value, onChange, exceptId, ...field }: PersonSelectProps) {
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
      data={people.map((person) => ({ value: person.id, label: wordsOf(person) }))}
      value={value?.id ?? null}
      onChange={(id) => onChange(people.find((person) => person.id === id) ?? null)}
      searchable
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      allowDeselect={false}
      withScrollArea={false}
      comboboxProps={{ withinPortal: false }}
      {...field}
    />
  )
}
