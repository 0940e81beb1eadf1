import '../../../theme/mantine-more.css'
import { Button, Group, Select, Stack } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, client } from '../../../api/client.ts'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useWrite } from '../../../lib/use-write.ts'
import type { UserGroup } from '../group-types.ts'
import { useRefreshGroups } from '../use-refresh-groups.ts'

interface Person {
  id: string
  name: string
  email: string
}

const wordsOf = ({ name, email }: Person) => `${name} (${email})`

/** Puts a person in: a part of the name or email is enough to find them. */
export function AddMember({ group }: { group: UserGroup }) {
  const { t } = useTranslation(['groups', 'common'])
  const refresh = useRefreshGroups()
  const { isBusy, problem, write } = useWrite()
  const [person, setPerson] = useState<Person | null>(null)
  const [isTried, setIsTried] = useState(false)

  async function add(event: FormEvent): Promise<void> {
    event.preventDefault()
    setIsTried(true)
    if (!person || isBusy) return
    const path = { id: group.id, userId: person.id }
    const isDone = await write(null, async () => {
      await client.PUT('/user-groups/{id}/members/{userId}', { params: { path } })
    })
    if (!isDone) return
    showToast('success', t('member.added', { name: person.name, group: group.name }))
    setPerson(null)
    setIsTried(false)
    refresh()
  }

  return (
    <form onSubmit={(event) => void add(event)} noValidate>
      <Stack gap="xs" mb="md" maw={640}>
        <Group align="flex-start" gap="xs">
          <PersonSelect
            key={person === null ? 'empty' : 'chosen'}
            value={person}
            onChange={setPerson}
            error={isTried && !person ? t('common:required') : undefined}
          />
          <Button type="submit" loading={isBusy}>
            {t('member.add')}
          </Button>
        </Group>
        <ProblemAlert problem={problem} />
      </Stack>
    </form>
  )
}

interface PersonSelectProps {
  value: Person | null
  onChange: (person: Person | null) => void
  error: string | undefined
}

function PersonSelect({ value, onChange, error }: PersonSelectProps) {
  const { t } = useTranslation('groups')
  const [text, setText] = useState(value ? wordsOf(value) : '')
  const typed = value && text === wordsOf(value) ? '' : text.trim()
  const [q] = useDebouncedValue(typed, 200)
  const { data } = $api.useQuery(
    'get',
    '/users',
    { params: { query: { limit: 8, state: 'activated', ...(q && { q }) } } },
    { placeholderData: keepPreviousData },
  )
  const found = (data?.items ?? []).filter(({ id }) => id !== value?.id)
  const people: Person[] = value ? (typed ? [...found, value] : [value, ...found]) : found
  return (
    <Select
      flex="1 1 240px"
      aria-label={t('member.user')}
      placeholder={t('member.addHint')}
      data={people.map((person) => ({ value: person.id, label: wordsOf(person) }))}
      value={value?.id ?? null}
      onChange={(id) => onChange(people.find((person) => person.id === id) ?? null)}
      searchable
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      nothingFoundMessage={t('member.nobody')}
      allowDeselect={false}
      error={error}
      withScrollArea={false}
      comboboxProps={{ withinPortal: false }}
    />
  )
}
