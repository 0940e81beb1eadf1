import { NativeSelect, Stack, Text, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { $api, client } from '../../../api/client.ts'
import type { components } from '../../../api/schema.d.ts'
import { PageHeader } from '../../../components/ui/page-header.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { SaveForm } from '../../../components/ui/save-form.tsx'
import { Failed, Loading } from '../../../components/ui/states.tsx'
import { TimeZoneField } from '../../../components/ui/time-zone-field.tsx'
import { changeLanguage, type Language, languages } from '../../../i18n/i18n.ts'
import { useSavedForm } from '../../../lib/use-saved-form.ts'
import { timingsOf } from '../timings.ts'

type Preferences = components['schemas']['Preferences']
type Kind = keyof Preferences['mails']

/** One's own language and time zone, and when mails go out to oneself. */
export function PreferencesPanel({ isAdministrator }: { isAdministrator: boolean }) {
  const { t } = useTranslation('mails')
  const { data, error, refetch } = $api.useQuery('get', '/me/preferences')
  return (
    <>
      <PageHeader title={t('own.title')} description={t('own.intro')} />
      {!data && (error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />)}
      {data && <PreferencesForm preferences={data} isAdministrator={isAdministrator} />}
    </>
  )
}

interface PreferencesFormProps {
  preferences: Preferences
  isAdministrator: boolean
}

function PreferencesForm({ preferences, isAdministrator }: PreferencesFormProps) {
  const { t } = useTranslation('mails')
  const queries = useQueryClient()
  const { organisation, ...saved } = preferences
  const { values, change, errorOf, problem, isSaved, frame } = useSavedForm({
    initial: saved,
    saved,
    bodyOf: (chosen) => chosen,
    check: () => ({}),
    send: (body: components['schemas']['UpdatePreferences']) => client.PUT('/me/preferences', { body }),
    onSaved: ({ language, timeZone, mails }: Preferences) => {
      const now = { language, timeZone, mails }
      if (now.language) void changeLanguage(now.language)
      void queries.invalidateQueries({ queryKey: ['get', '/me'] })
      return now
    },
    rereads: ['/me/preferences'],
  })
  return (
    <SaveForm {...frame} saved={isSaved && t('own.saved')}>
      <NativeSelect
        label={t('own.language')}
        error={errorOf('language')}
        maw={320}
        value={values.language ?? ''}
        data={[
          { value: '', label: t('own.organisation', { value: languages[organisation.language] }) },
          ...Object.entries(languages).map(([value, label]) => ({ value, label })),
        ]}
        onChange={(event) => change({ language: (event.currentTarget.value || null) as Language | null })}
      />
      <TimeZoneField
        label={t('own.timeZone')}
        error={errorOf('timeZone')}
        value={values.timeZone ?? ''}
        none={t('own.organisation', { value: organisation.timeZone })}
        onChange={(name) => change({ timeZone: name || null })}
      />
      <Stack gap="xs" component="section" aria-labelledby="own-mails">
        <Title order={2} size="h4" id="own-mails">
          {t('own.mails')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('own.mailsHint')}
        </Text>
        {(Object.keys(timingsOf) as Kind[])
          .filter((kind) => isAdministrator || !timingsOf[kind].isForAdministrators)
          .map((kind) => (
            <NativeSelect
              key={kind}
              label={t(`kind.${kind}`)}
              error={errorOf(`mails.${kind}`)}
              maw={420}
              value={values.mails[kind]}
              data={timingsOf[kind].timings.map((value) => ({ value, label: t(`own.${value}`) }))}
              onChange={(event) => change({ mails: { ...values.mails, [kind]: event.currentTarget.value } })}
            />
          ))}
      </Stack>
      <ProblemAlert problem={problem} />
    </SaveForm>
  )
}
