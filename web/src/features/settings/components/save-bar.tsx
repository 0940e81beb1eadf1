import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../components/ui/icon.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { DateTime } from '../../../components/ui/time-ago.tsx'
import type { Settings } from '../settings-switches.ts'
import type { SettingsEditor } from '../use-settings-editor.ts'
import classes from './save-bar.module.css'

/** What is not saved yet, and the button; stays in view while there are changes. */
export function SaveBar({ editor, settings }: { editor: SettingsEditor; settings: Settings }) {
  const { t } = useTranslation('settings')
  const { changeCount, isBusy, problem, isStale, discard, load } = editor
  const isDirty = changeCount > 0
  const wasChanged = Date.parse(settings.updatedAt) > 0
  return (
    <Paper withBorder p="md" className={classes.bar} data-dirty={isDirty}>
      <Stack gap="sm">
        {isStale && (
          <Alert color="orange" icon={<Icon name="alert" />} title={t('conflictTitle')}>
            <Stack align="flex-start" gap="xs">
              {t('conflictText')}
              <Button size="xs" variant="default" onClick={load}>
                {t('load')}
              </Button>
            </Stack>
          </Alert>
        )}
        {problem?.status !== 409 && <ProblemAlert problem={problem} />}
        <Group justify="space-between">
          <Text size="sm" role="status">
            {isDirty ? (
              t('changes', { count: changeCount })
            ) : wasChanged ? (
              <>
                {t('changed')} <DateTime at={settings.updatedAt} />
              </>
            ) : (
              t('neverChanged')
            )}
          </Text>
          <Group gap="xs">
            {isDirty && (
              <Button variant="default" onClick={discard}>
                {t('discard')}
              </Button>
            )}
            <Button type="submit" loading={isBusy} disabled={!isDirty}>
              {t('save')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Paper>
  )
}
