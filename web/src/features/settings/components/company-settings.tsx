import { NativeSelect, Paper, Stack, TextInput, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { TimeZoneField } from '../../../components/ui/time-zone-field.tsx'
import { languages } from '../../../i18n/i18n.ts'
import { type TextField, textFields } from '../settings-switches.ts'
import type { SettingsEditor } from '../use-settings-editor.ts'

/** What the service is called, how it looks, and how it speaks to who has not chosen otherwise. */
export function CompanySettings({ editor }: { editor: SettingsEditor }) {
  const { t } = useTranslation('settings')
  const { textIn, change, problem } = editor
  const write = (field: TextField, text: string) =>
    change((others) => ({ ...others, texts: { ...others.texts, [field]: text } }))
  const common = (field: TextField) => ({
    label: t(field),
    description: t(`${field}Hint`),
    error: problem?.fieldMessage(field),
    value: textIn(field),
  })
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="settings-company">
      <Title order={2} size="h4" mb="sm" id="settings-company">
        {t('company')}
      </Title>
      <Stack>
        {textFields.map((field) => (
          <TextInput key={field} {...common(field)} onChange={(event) => write(field, event.currentTarget.value)} />
        ))}
        <NativeSelect
          {...common('language')}
          maw={320}
          data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
          onChange={(event) => write('language', event.currentTarget.value)}
        />
        <TimeZoneField {...common('timeZone')} onChange={(name) => write('timeZone', name)} />
      </Stack>
    </Paper>
  )
}
