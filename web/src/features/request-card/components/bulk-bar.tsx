import { Button, Group, Paper, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestSummary } from '../../../api/types.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import classes from './bulk-bar.module.css'

interface BulkBarProps {
  selected: readonly RequestSummary[]
  /** The rows of this page: what else is selected is on other pages. */
  shown: readonly RequestSummary[]
  /** What the two buttons say, and do. */
  answers: Record<'grant' | 'deny', { label: string; onClick: () => void }>
  onClear: () => void
  /** The way to select more. */
  children?: ReactNode
}

/** What can be done with the selected rows; stays in sight below the table. */
export function BulkBar({ selected, shown, answers, onClear, children }: BulkBarProps) {
  const { t } = useTranslation('requests')
  const count = selected.length
  if (count === 0) return null
  const elsewhere = selected.filter(({ id }) => shown.every((request) => request.id !== id)).length
  return (
    <Paper component="section" aria-label={t('bulk.bar')} className={classes.bar} withBorder shadow="md" p="sm" mt="md">
      <Group justify="space-between" gap="sm">
        <Group gap="sm">
          <Text role="status" size="sm" fw={600}>
            {t('bulk.selected', { count })}
            {elsewhere > 0 && t('bulk.elsewhere', { count: elsewhere })}
          </Text>
          {children}
        </Group>
        <Group gap="xs">
          <Button size="xs" leftSection={<Icon name="check" size={14} />} onClick={answers.grant.onClick}>
            {answers.grant.label}
          </Button>
          <Button size="xs" variant="default" leftSection={<Icon name="x" size={14} />} onClick={answers.deny.onClick}>
            {answers.deny.label}
          </Button>
          <Button size="xs" variant="subtle" onClick={onClear}>
            {t('bulk.clear')}
          </Button>
        </Group>
      </Group>
    </Paper>
  )
}
