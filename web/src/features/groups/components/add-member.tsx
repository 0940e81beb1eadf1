import { Button, Group, Stack } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { type Person, PersonSelect } from '../../../components/ui/person-select.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useWrite } from '../../../lib/use-write.ts'
import type { UserGroup } from '../group-types.ts'
import { useRefreshGroups } from '../use-refresh-groups.ts'

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
    let waits = false
    const isDone = await write(null, async () => {
      const { response } = await client.PUT('/user-groups/{id}/members/{userId}', { params: { path } })
      waits = response.status === 202
    })
    if (!isDone) return
    const words = { name: person.name, group: group.name }
    showToast(waits ? 'info' : 'success', t(waits ? 'member.waits' : 'member.added', words))
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
            flex="1 1 240px"
            aria-label={t('member.user')}
            placeholder={t('member.addHint')}
            nothingFoundMessage={t('member.nobody')}
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
