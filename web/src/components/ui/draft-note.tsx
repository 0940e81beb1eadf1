import { Alert, Button, Group } from '@mantine/core'
import type { MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '../../lib/use-draft.ts'
import { Icon } from './icon.tsx'

/** Says that a form began with what was typed before, and takes that away on demand. Stands inside of the form. */
export function DraftNote({ draft }: { draft: Draft }) {
  const { t } = useTranslation()
  if (!draft.isRestored) return null

  function discard({ currentTarget }: MouseEvent): void {
    // The button goes away: the keyboard goes on where writing begins.
    currentTarget.closest('form')?.querySelector<HTMLElement>('textarea, input[type="text"]')?.focus()
    draft.discard()
  }

  return (
    <Alert role="note" color="blue" icon={<Icon name="pencil" />} title={t('draft.title')}>
      <Group justify="space-between" gap="xs">
        {t('draft.text')}
        <Button size="xs" variant="default" onClick={discard}>
          {t('draft.discard')}
        </Button>
      </Group>
    </Alert>
  )
}
