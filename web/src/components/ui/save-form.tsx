import { Alert, Button, Group, Paper, Stack, Title } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { focusFirstWrong } from '../../lib/focus-first-wrong.ts'
import { Icon } from './icon.tsx'
import { LeaveGuard } from './leave-guard.tsx'

interface SaveFormProps {
  title?: string
  /** What the button says that saves; Save when left out. */
  submitLabel?: string
  isBusy: boolean
  /** Something is not saved: leaving asks first. */
  isChanged: boolean
  /** Said once it was saved, until something is changed again. */
  saved: ReactNode
  onSave: () => void | Promise<void>
  children: ReactNode
}

/** A form that stands on a page: its fields, Save, and what came of it. Leads to the first wrong field. */
export function SaveForm({ title, submitLabel, isBusy, isChanged, saved, onSave, children }: SaveFormProps) {
  const { t } = useTranslation()

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (isBusy) return
    void onSave()
    focusFirstWrong(event.currentTarget as Element)
  }

  return (
    <Paper component="form" withBorder p="md" flex="1 1 380px" maw={640} noValidate onSubmit={submit}>
      <Stack>
        {title && (
          <Title order={2} size="h4">
            {title}
          </Title>
        )}
        {children}
        <div role="status">
          {saved && (
            <Alert role="note" color="green" icon={<Icon name="check" />}>
              {saved}
            </Alert>
          )}
        </div>
        <Group>
          <Button type="submit" loading={isBusy}>
            {submitLabel ?? t('action.save')}
          </Button>
        </Group>
        <LeaveGuard losesWork={() => isChanged} />
      </Stack>
    </Paper>
  )
}
