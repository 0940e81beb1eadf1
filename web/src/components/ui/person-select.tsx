import { Select, type SelectProps } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { $api } from '../../api/client.ts'
import { useTypeAhead } from '../../lib/use-type-ahead.ts'
import { useOffer } from '../making/use-offer.tsx'

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

/** Of somebody chosen elsewhere only the name may be known. */
const choiceOf = ({ id, name, email }: Person) => ({ value: id, label: email ? `${name} (${email})` : name })

/** One activated person: a part of a name or email is enough; people of that name are offered, and who is not there can be made. */
export function PersonSelect({ value, onChange, exceptId, ...field }: PersonSelectProps) {
  const typeAhead = useTypeAhead(value ? choiceOf(value) : undefined)
  const { data, isFetching } = $api.useQuery(
    'get',
    '/users',
    { params: { query: { limit: 8, state: 'activated', ...(typeAhead.q && { person: typeAhead.q }) } } },
    { placeholderData: keepPreviousData },
  )
  const people: Person[] = [...(data?.items ?? []).filter(({ id }) => id !== exceptId), ...(value ? [value] : [])]
  const offer = useOffer<Person>({
    what: 'user',
    q: typeAhead.q,
    isLoaded: !isFetching,
    found: people.flatMap(({ name, email }) => [name, email]),
    onMade: onChange,
  })
  return (
    <>
      <Select
        {...typeAhead.field}
        data={offer.withOffer(typeAhead.choicesOf(people.map(choiceOf)))}
        value={value?.id ?? null}
        onChange={(id) => offer.takes(id) || onChange(people.find((person) => person.id === id) ?? null)}
        allowDeselect={false}
        {...field}
      />
      {offer.dialog}
    </>
  )
}
