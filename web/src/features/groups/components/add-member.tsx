import { Button, Group, Stack } from '@mantine/core'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { type Person, PersonSelect } from '../../../components/ui/person-select.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useForm } from '../../../lib/use-form.ts'
import { groupPaths, type UserGroup } from '../group-types.ts'

/** Puts a person in: a part of the name or email is enough to find them. */
export function AddMember({ group }: { group: UserGroup }) {
  const { t } = useTranslation(['groups', 'common'])
  const { isBusy, problem, run } = useCommand({
    send: ({ id }: Person) =>
      client.PUT('/user-groups/{id}/members/{userId}', { params: { path: { id: group.id, userId: id } } }),
    rereads: groupPaths,
    onDone(_member, { status }, { name }) {
      // A second administrator has to agree first.
      const waits = status === 202
      const words = { name, group: group.name }
      showToast(waits ? 'info' : 'success', t(waits ? 'member.waits' : 'member.added', words))
      reset()
    },
  })

  const { values, field, submit, reset } = useForm({
    initial: { person: null as Person | null },
    check: ({ person }) => ({ person: person ? undefined : t('common:required') }),
    problem: undefined,
  })

  function add(event: FormEvent): void {
    event.preventDefault()
    submit(({ person }) => person && run(person))
  }

  return (
    <form onSubmit={add} noValidate>
      <Stack gap="xs" mb="md" maw={640}>
        <Group align="flex-start" gap="xs">
          <PersonSelect
            key={values.person === null ? 'empty' : 'chosen'}
            {...field('person')}
            flex="1 1 240px"
            aria-label={t('member.user')}
            placeholder={t('member.addHint')}
            nothingFoundMessage={t('member.nobody')}
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
