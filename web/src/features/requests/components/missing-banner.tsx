import { Alert, Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import type { QueueName } from '../../../api/types.ts'
import { Icon } from '../../../components/ui/icon.tsx'

interface MissingBannerProps {
  count: number
  queue: QueueName
  /** Leads to the requests with missing data, in the tab that has some. */
  onView: (queue: QueueName) => void
}

/** Requests that wait for data nobody has filled in; shown whatever the filters hide. */
export function MissingBanner({ count, queue, onView }: MissingBannerProps) {
  const { t } = useTranslation('requests')
  if (count === 0) return null

  async function view(): Promise<void> {
    const { data } = await client
      .GET('/access-requests/counts', { params: { query: { status: ['missing_data'] } } })
      .catch(() => ({ data: undefined }))
    const other: QueueName = queue === 'others' ? 'administrator' : 'others'
    onView(data && data[queue] === 0 && data[other] > 0 ? other : queue)
  }

  return (
    <Alert role="note" color="orange" mb="md" icon={<Icon name="alert" />} data-banner="missing-data">
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          <b>{t('missing.banner', { count })}</b> {t('missing.text')}
        </Text>
        <Button size="xs" variant="default" onClick={() => void view()}>
          {t('missing.view')}
        </Button>
      </Group>
    </Alert>
  )
}
