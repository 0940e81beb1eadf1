import { Paper, TextInput, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SettingsEditor } from '../use-settings-editor.ts'

/** How long API tokens may live. */
export function TokenSettings({ editor }: { editor: SettingsEditor }) {
  const { t } = useTranslation('settings')
  const { tokenDays, isTokenDaysWrong, change, problem } = editor
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="settings-tokens">
      <Title order={2} size="h4" mb="sm" id="settings-tokens">
        {t('tokens')}
      </Title>
      <TextInput
        label={t('longestTokenDays')}
        description={t('longestTokenDaysHint')}
        inputMode="numeric"
        required
        maw={320}
        value={tokenDays}
        error={isTokenDaysWrong ? t('longestTokenDaysWrong') : problem?.fieldMessage('longestTokenDays')}
        onChange={(event) => {
          const longestTokenDays = event.currentTarget.value
          change((others) => ({ ...others, longestTokenDays }))
        }}
      />
    </Paper>
  )
}
