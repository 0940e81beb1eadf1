import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { type Person, PersonSelect } from '../../../components/ui/person-select.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useCommand } from '../../../lib/use-command.ts'

/** Fills in the requester's manager where it is missing; every request that waits for it goes on by itself. */
export function ChooseManager({ requester }: { requester: { id: string; name: string } }) {
  const { t } = useTranslation(['requests', 'common'])
  const [manager, setManager] = useState<Person | null>(null)
  const [isEmpty, setEmpty] = useState(false)
  const [isSaved, setSaved] = useState(false)
  const { isBusy, problem, run } = useCommand({
    send: (managerId: string) =>
      client.PATCH('/users/{id}', { params: { path: { id: requester.id } }, body: { managerId } }),
    onDone: () => setSaved(true),
    rereads: ['/users', '/users/{id}'],
  })

  function save(): void {
    setEmpty(!manager)
    if (manager) void run(manager.id)
  }

  return (
    <div>
      <Group gap="xs" align="flex-end" my={6}>
        <PersonSelect
          flex="1 1 200px"
          label={t('missing.managerOf', { name: requester.name })}
          placeholder={t('missing.managerHint')}
          nothingFoundMessage={t('filters.nobody')}
          exceptId={requester.id}
          value={manager}
          onChange={setManager}
          error={problem?.fieldMessage('managerId') ?? (isEmpty && !manager ? t('common:required') : undefined)}
        />
        <Button size="sm" variant="default" loading={isBusy} onClick={save}>
          {t('missing.save')}
        </Button>
      </Group>
      <Text size="sm" role="status">
        {isSaved && t('missing.saved')}
      </Text>
      <ProblemAlert problem={problem} fields={['managerId']} />
    </div>
  )
}
