import { Select, type SelectProps } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { $api } from '../../api/client.ts'
import { useTypeAhead } from '../../lib/use-type-ahead.ts'

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

const choiceOf = ({ id, name, email }: Person) => ({ value: id, label: `${name} (${email})` })

/** One activated person: a part of a name or email is enough; people of that name are offered. */
export function PersonSelect({ value, onChange, exceptId, ...field }: PersonSelectProps) {
  const typeAhead = useTypeAhead(value ? choiceOf(value) : undefined)
  const { data } = $api.useQuery(
    'get',
    '/users',
    { params: { query: { limit: 8, state: 'activated', ...(typeAhead.q && { q: typeAhead.q }) } } },
    { placeholderData: keepPreviousData },
  )
  const people: Person[] = [...(data?.items ?? []).filter(({ id }) => id !== exceptId), ...(value ? [value] : [])]
  return (
    <Select
      {...typeAhead.field}
      data={typeAhead.choicesOf(people.map(choiceOf))}
      value={value?.id ?? null}
      onChange={(id) => onChange(people.find((person) => person.id === id) ?? null)}
      allowDeselect={false}
      {...field}
    />
  )
}
