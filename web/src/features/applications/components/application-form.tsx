import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { FlowAvatar } from '../../../components/ui/avatar.tsx'
import { Icon } from '../../../components/ui/icon.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { focusFirstWrong } from '../../../lib/focus-first-wrong.ts'
import { useWrite } from '../../../lib/use-write.ts'
import { type Application, type ApplicationDraft, draftOf, inputOf, lacksOf } from '../application-types.ts'
import { ApplicationFields } from './application-fields.tsx'

/** What an application is and whose it is, with its tile as people will see it. */
export function ApplicationForm({ application }: { application: Application }) {
  const { t } = useTranslation(['applications', 'common'])
  const queries = useQueryClient()
  const { isBusy, problem, write } = useWrite()
  const [draft, setDraft] = useState(draftOf(application))
  const [isTried, setIsTried] = useState(false)
  const [isSaved, setIsSaved] = useState(false)

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    setIsTried(true)
    setIsSaved(false)
    if (Object.keys(lacksOf(draft)).length > 0) return focusFirstWrong(event.currentTarget as Element)
    const body = inputOf(draft)
    const isDone = await write(body, async () => {
      await client.PATCH('/applications/{id}', { params: { path: { id: application.id } }, body })
    })
    if (!isDone) return
    setIsSaved(true)
    for (const path of ['/applications', '/applications/{id}', '/me/applications'])
      void queries.invalidateQueries({ queryKey: ['get', path] })
  }

  function change(next: ApplicationDraft): void {
    setDraft(next)
    setIsSaved(false)
  }

  return (
    <Group align="flex-start" gap="lg">
      <Paper
        component="form"
        withBorder
        p="md"
        flex="1 1 380px"
        maw={640}
        noValidate
        onSubmit={(event: FormEvent) => void save(event)}
      >
        <Stack>
          <Title order={2} size="h4">
            {t('details')}
          </Title>
          <ApplicationFields value={draft} onChange={change} problem={problem} isTried={isTried} />
          <ProblemAlert problem={problem} fields={['name', 'url', 'groupIds', 'logoUrl', 'color']} />
          <div role="status">
            {isSaved && (
              <Alert role="note" color="green" icon={<Icon name="check" />}>
                {t('saved')}
              </Alert>
            )}
          </div>
          <Group>
            <Button type="submit" loading={isBusy}>
              {t('common:action.save')}
            </Button>
          </Group>
        </Stack>
      </Paper>
      <Preview draft={draft} />
    </Group>
  )
}

function Preview({ draft }: { draft: ApplicationDraft }) {
  const { t } = useTranslation('applications')
  const { name, logoUrl, color } = inputOf(draft)
  return (
    <section style={{ flex: '0 1 260px' }}>
      <Title order={2} size="h5" mb="xs">
        {t('preview')}
      </Title>
      <Paper withBorder p="md">
        <Group wrap="nowrap">
          <FlowAvatar flow={{ name: name || '?', logoUrl, color }} size={44} />
          <Text fw={600} className="gh-break">
            {name || '–'}
          </Text>
        </Group>
      </Paper>
    </section>
  )
}
