import { Paper, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SettingsEditor } from '../use-settings-editor.ts'
import { NumberSetting } from './number-setting.tsx'

/** How long API tokens may live. */
export function TokenSettings({ editor }: { editor: SettingsEditor }) {
  const { t } = useTranslation('settings')
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="settings-tokens">
      <Title order={2} size="h4" mb="sm" id="settings-tokens">
        {t('tokens')}
      </Title>
      <NumberSetting editor={editor} field="longestTokenDays" />
    </Paper>
  )
}
