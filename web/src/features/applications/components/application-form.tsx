import { Group, Paper, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { ApplicationAvatar } from '../../../components/ui/avatar.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { SaveForm } from '../../../components/ui/save-form.tsx'
import { useSaving } from '../../../lib/use-saving.ts'
import { type Application, type ApplicationDraft, draftOf, inputOf, lacksOf } from '../application-types.ts'
import { ApplicationFields } from './application-fields.tsx'

/** What an application is and whose it is, with its tile as people will see it. */
export function ApplicationForm({ application }: { application: Application }) {
  const { t } = useTranslation('applications')
  const [draft, setDraft] = useState(draftOf(application))
  const fields = inputOf(draft)
  const { isBusy, problem, isTried, isSaved, isChanged, touch, save } = useSaving({
    fields,
    initial: application,
    send: (body) => client.PATCH('/applications/{id}', { params: { path: { id: application.id } }, body }),
    rereads: ['/applications', '/applications/{id}', '/me/applications'],
  })

  function change(next: ApplicationDraft): void {
    setDraft(next)
    touch()
  }

  return (
    <Group align="flex-start" gap="lg">
      <SaveForm
        title={t('details')}
        isBusy={isBusy}
        isChanged={isChanged}
        saved={isSaved && t('saved')}
        onSave={() => save(Object.keys(lacksOf(draft)).length === 0)}
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
