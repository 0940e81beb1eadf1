import { Group, Paper, Text, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { ApplicationAvatar } from '../../../components/ui/avatar.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { SaveForm } from '../../../components/ui/save-form.tsx'
import { changedFields } from '../../../lib/changed-fields.ts'
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
  const [saved, setSaved] = useState<object>(application)
  const fields = inputOf(draft)
  const body = changedFields(fields, saved)

  async function save(): Promise<void> {
    setIsTried(true)
    setIsSaved(false)
    if (Object.keys(lacksOf(draft)).length > 0) return
    const isDone = await write(body, async () => {
      await client.PATCH('/applications/{id}', { params: { path: { id: application.id } }, body })
    })
    if (!isDone) return
    setSaved(fields)
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
      <SaveForm
        title={t('details')}
        isBusy={isBusy}
        isChanged={Object.keys(body).length > 0}
        saved={isSaved && t('saved')}
        onSave={save}
      >
        <ApplicationFields value={draft} onChange={change} problem={problem} isTried={isTried} />
        <ProblemAlert problem={problem} fields={['name', 'url', 'groupIds', 'logoUrl', 'color']} />
      </SaveForm>
      <Preview draft={draft} saved={application} />
    </Group>
  )
}

/** A logo is shown once its address is saved, because the service fetches those only. */
function Preview({ draft, saved }: { draft: ApplicationDraft; saved: Application }) {
  const { t } = useTranslation('applications')
  const { name, logoUrl, color } = inputOf(draft)
  return (
    <section style={{ flex: '0 1 260px' }}>
      <Title order={2} size="h5" mb="xs">
        {t('preview')}
      </Title>
      <Paper withBorder p="md">
        <Group wrap="nowrap">
          <ApplicationAvatar
            application={{
              id: saved.id,
              name: name || '?',
              logoUrl: logoUrl === saved.logoUrl ? logoUrl : null,
              color,
            }}
            size={44}
          />
          <Text fw={600} className="gh-break">
            {name || '–'}
          </Text>
        </Group>
      </Paper>
    </section>
  )
}
