import { Paper, Stack, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SettingsEditor } from '../use-settings-editor.ts'
import { DaysInput } from './days-input.tsx'

/** How long things are kept. */
export function RetentionSettings({ editor }: { editor: SettingsEditor }) {
  const { t } = useTranslation('settings')
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="settings-retention">
      <Title order={2} size="h4" mb="sm" id="settings-retention">
        {t('retention')}
      </Title>
      <Stack gap="md">
        <DaysInput editor={editor} field="sentMailDays" />
        <DaysInput editor={editor} field="finishedRequestDays" />
        <DaysInput editor={editor} field="auditEventDays" />
      </Stack>
    </Paper>
  )
}
