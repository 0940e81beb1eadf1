import { Button, Group, Paper, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface SelectionBarProps {
  count: number
  onRevoke: () => void
  onClear: () => void
}

/** What can be done with the selected rows; stays in sight. */
export function SelectionBar({ count, onRevoke, onClear }: SelectionBarProps) {
  const { t } = useTranslation('access')
  if (count === 0) return null
  return (
    <Paper
      component="section"
      aria-label={t('bar')}
      withBorder
      shadow="md"
      p="sm"
      mt="md"
      pos="sticky"
      bottom={12}
      style={{ zIndex: 2 }}
    >
      <Group justify="space-between" gap="sm">
        <Text role="status" size="sm" fw={600}>
          {t('selected', { count })}
        </Text>
        <Group gap="xs">
          <Button size="xs" color="red.9" onClick={onRevoke}>
            {t('revoke')}
          </Button>
          <Button size="xs" variant="subtle" onClick={onClear}>
            {t('clear')}
          </Button>
        </Group>
      </Group>
    </Paper>
  )
}
