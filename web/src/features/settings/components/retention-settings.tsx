import { Paper, Stack, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SettingsEditor } from '../use-settings-editor.ts'
import { NumberSetting } from './number-setting.tsx'

/** How long things are kept. */
export function RetentionSettings({ editor }: { editor: SettingsEditor }) {
  const { t } = useTranslation('settings')
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="settings-retention">
      <Title order={2} size="h4" mb="sm" id="settings-retention">
        {t('retention')}
      </Title>
      <Stack gap="md">
        <NumberSetting editor={editor} field="sentMailDays" />
        <NumberSetting editor={editor} field="endedCredentialDays" />
        <NumberSetting editor={editor} field="finishedRequestDays" />
        <NumberSetting editor={editor} field="auditEventDays" />
      </Stack>
    </Paper>
  )
}
