import { Checkbox, Paper, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type MailKind, mailGroups } from '../settings-switches.ts'
import type { SettingsEditor } from '../use-settings-editor.ts'

const warnedKinds = ['review_requested_administrator', 'review_requested_approver'] as const

/** Which mails go out, by who gets them. */
export function MailSwitches({ editor }: { editor: SettingsEditor }) {
  const { t } = useTranslation('settings')
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="settings-mails">
      <Title order={2} size="h4" id="settings-mails">
        {t('mails')}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {t('mailsHint')}
      </Text>
      <Stack gap="lg">
        {mailGroups.map(({ to, kinds }) => (
          <section key={to} aria-labelledby={`settings-${to}`}>
            <Title order={3} size="h5" mb="xs" id={`settings-${to}`}>
              {t(to)}
            </Title>
            <Stack gap="xs">
              {kinds.map((kind) => (
                <MailSwitch key={kind} kind={kind} editor={editor} />
              ))}
            </Stack>
          </section>
        ))}
      </Stack>
    </Paper>
  )
}

function MailSwitch({ kind, editor }: { kind: MailKind; editor: SettingsEditor }) {
  const { t } = useTranslation('settings')
  const { shown, change, problem } = editor
  const isOn = shown.mails[kind] ?? true
  const warned = warnedKinds.find((each) => each === kind)
  return (
    <Checkbox
      label={t(`mail.${kind}`)}
      description={!isOn && warned ? t(`offWarning.${warned}`) : undefined}
      checked={isOn}
      error={problem?.fieldMessage(`mails.${kind}`)}
      onChange={(event) => {
        const next = event.currentTarget.checked
        change((others) => ({ ...others, mails: { ...others.mails, [kind]: next } }))
      }}
    />
  )
}
