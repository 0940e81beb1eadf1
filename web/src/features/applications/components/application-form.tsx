import { Group, Paper, Text, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { FlowAvatar } from '../../../components/ui/avatar.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { SaveForm } from '../../../components/ui/save-form.tsx'
import { useWrite } from '../../../lib/use-write.ts'
import { type Application, type ApplicationDraft, draftOf, inputOf, lacksOf } from '../application-types.ts'
import { ApplicationFields } from './application-fields.tsx'

/** What an application is and whose it is, with its tile as people will see it. */
export function ApplicationForm({ application }: { application: Application }) {
  const { t } = useTranslation('applications')
  const queries = useQueryClient()
  const { isBusy, problem, write } = useWrite()
  const [draft, setDraft] = useState(draftOf(application))
  const [isTried, setIsTried] = useState(false)
  const [isSaved, setIsSaved] = useState(false)

  async function save(): Promise<void> {
    setIsTried(true)
    setIsSaved(false)
    if (Object.keys(lacksOf(draft)).length > 0) return
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
      <SaveForm title={t('details')} isBusy={isBusy} saved={isSaved && t('saved')} onSave={save}>
        <ApplicationFields value={draft} onChange={change} problem={problem} isTried={isTried} />
        <ProblemAlert problem={problem} fields={['name', 'url', 'groupIds', 'logoUrl', 'color']} />
      </SaveForm>
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
