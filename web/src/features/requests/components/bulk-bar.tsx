import { Button, Group, Paper, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../components/ui/icon.tsx'
import classes from './queue.module.css'
import type { DecisionAction } from './request-details.tsx'

interface BulkBarProps {
  count: number
  onDecide: (action: DecisionAction) => void
  onClear: () => void
}

/** What can be done with the selected rows; stays in sight below the table. */
export function BulkBar({ count, onDecide, onClear }: BulkBarProps) {
  const { t } = useTranslation('requests')
  if (count === 0) return null
  return (
    <Paper component="section" aria-label={t('bulk.bar')} className={classes.bar} withBorder shadow="md" p="sm" mt="md">
      <Group justify="space-between" gap="sm">
        <Text role="status" size="sm" fw={600}>
          {t('bulk.selected', { count })}
        </Text>
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
