import { Checkbox, Paper, Stack, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SettingsEditor } from '../use-settings-editor.ts'
import { NumberSetting } from './number-setting.tsx'

const features = ['requestsEnabled', 'exposeProgress'] as const

/** What people can do and see. */
export function RequestSwitches({ editor }: { editor: SettingsEditor }) {
  const { t } = useTranslation('settings')
  const { shown, change, problem } = editor
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="settings-requests">
      <Title order={2} size="h4" mb="sm" id="settings-requests">
        {t('requests')}
      </Title>
      <Stack>
        {features.map((feature) => (
          <Checkbox
            key={feature}
            label={t(feature)}
            description={t(`${feature}Hint`)}
            checked={shown[feature]}
            error={problem?.fieldMessage(feature)}
            onChange={(event) => {
              const isOn = event.currentTarget.checked
              change((others) => ({ ...others, features: { ...others.features, [feature]: isOn } }))
            }}
          />
        ))}
        <NumberSetting editor={editor} field="requestsPerHour" />
        <NumberSetting editor={editor} field="requestsPerHourToFlow" />
      </Stack>
    </Paper>
  )
}
