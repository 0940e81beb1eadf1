import { Checkbox, Stack, Switch, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { optionalColumns, useQueueView } from '../use-queue-view.ts'

/** The columns and the density of the queue; each change is seen at once. */
export function ViewForm({ viewerId }: { viewerId: string }) {
  const { t } = useTranslation('requests')
  const { view, setView } = useQueueView(viewerId)
  return (
    <Stack gap="sm">
      <Switch
        label={t('view.compact')}
        checked={view.isCompact}
        onChange={({ currentTarget }) => setView({ ...view, isCompact: currentTarget.checked })}
      />
      <Checkbox.Group
        label={t('view.columns')}
        value={optionalColumns.filter((id) => !view.hidden.includes(id))}
        onChange={(shown) => setView({ ...view, hidden: optionalColumns.filter((id) => !shown.includes(id)) })}
      >
        <Stack gap={8} mt={6}>
          {optionalColumns.map((id) => (
            <Checkbox key={id} size="sm" value={id} label={t(`column.${id}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Text size="xs" c="dimmed">
        {t('view.kept')}
      </Text>
    </Stack>
  )
}
