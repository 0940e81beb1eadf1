import { Group, Paper, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { ApplicationAvatar } from '../../../components/ui/avatar.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { SaveForm } from '../../../components/ui/save-form.tsx'
import { useSavedForm } from '../../../lib/use-saved-form.ts'
import { type Application, type ApplicationDraft, draftOf, inputOf } from '../application-types.ts'
import { useApplicationCheck } from '../use-application-check.ts'
import { ApplicationFields } from './application-fields.tsx'

/** What an application is and whose it is, with its tile as people will see it. */
export function ApplicationForm({ application }: { application: Application }) {
  const { t } = useTranslation('applications')
  const { field, values, problem, isSaved, frame } = useSavedForm({
    initial: draftOf(application),
    saved: application,
    bodyOf: inputOf,
    check: useApplicationCheck(),
    send: (body) => client.PATCH('/applications/{id}', { params: { path: { id: application.id } }, body }),
    rereads: ['/applications', '/applications/{id}', '/me/applications'],
  })

  return (
    <Group align="flex-start" gap="lg">
      <SaveForm title={t('details')} {...frame} saved={isSaved && t('saved')}>
        <ApplicationFields field={field} />
        <ProblemAlert problem={problem} fields={['name', 'url', 'groupIds', 'logoUrl', 'color']} />
      </SaveForm>
      <Preview draft={values} saved={application} />
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
