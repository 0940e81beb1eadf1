import { Button, Group, Paper, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import classes from './queue.module.css'
import type { DecisionAction } from './request-details.tsx'

interface BulkBarProps {
  selected: readonly AccessRequest[]
  /** The rows of this page: what else is selected is on other pages. */
  shown: readonly AccessRequest[]
  onDecide: (action: DecisionAction) => void
  onClear: () => void
  /** The way to select more. */
  children: ReactNode
}

/** What can be done with the selected rows; stays in sight below the table. */
export function BulkBar({ selected, shown, onDecide, onClear, children }: BulkBarProps) {
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
          <Button size="xs" leftSection={<Icon name="check" size={14} />} onClick={() => onDecide('grant')}>
            {t('decide.grant')}
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<Icon name="x" size={14} />}
            onClick={() => onDecide('deny')}
          >
            {t('decide.deny')}
          </Button>
          <Button size="xs" variant="subtle" onClick={onClear}>
            {t('bulk.clear')}
          </Button>
        </Group>
      </Group>
    </Paper>
  )
}
