import { Alert, Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import type { QueueName } from '../../../api/types.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { filtersOf, type QueueSearch } from '../queue-search.ts'
import classes from './queue.module.css'

interface MissingBannerProps {
  /** Nothing before it has been counted. */
  count: number | undefined
  search: QueueSearch
  /** Leads to the requests with missing data, in the tab that has some. */
  onView: (queue: QueueName) => void
}

/**
 * Requests that wait for data nobody has filled in; shown whatever the filters hide.
 * Nothing moves below it while somebody looks: what comes up meanwhile floats, and what is settled leaves its place.
 */
export function MissingBanner({ count, search, onView }: MissingBannerProps) {
  const { t } = useTranslation('requests')
  const queue = search.queue ?? 'administrator'
  const hasPlace = useHasPlace(count, JSON.stringify([queue, filtersOf(search), search.cursor]))
  if (count === undefined) return null

  async function view(): Promise<void> {
    const { data } = await client
      .GET('/access-requests/counts', { params: { query: { status: ['missing_data'] } } })
      .catch(() => ({ data: undefined }))
    const other: QueueName = queue === 'others' ? 'administrator' : 'others'
    onView(data && data[queue] === 0 && data[other] > 0 ? other : queue)
  }

  const words = t('missing.banner', { count })
  if (!hasPlace)
    return (
      <div role="status" className={classes.floating} data-banner={count > 0 ? 'missing-data' : undefined}>
        {count > 0 && (
          <Button
            size="xs"
            radius="xl"
            variant="default"
            leftSection={<Icon name="alert" size={14} />}
            onClick={() => void view()}
          >
            {words} – {t('missing.view')}
          </Button>
        )}
      </div>
    )
  return (
    <Alert
      role="note"
      color={count > 0 ? 'orange' : 'gray'}
      mb="md"
      icon={<Icon name={count > 0 ? 'alert' : 'check'} />}
      data-banner={count > 0 ? 'missing-data' : undefined}
    >
      <Group justify="space-between" gap="sm" mih={30}>
        <Text size="sm" flex="1 1 240px">
          {count > 0 ? (
            <>
              <b>{words}</b> {t('missing.text')}
            </>
          ) : (
            t('missing.none')
          )}
        </Text>
        {count > 0 && (
          <Button size="xs" variant="default" onClick={() => void view()}>
            {t('missing.view')}
          </Button>
        )}
      </Group>
    </Alert>
  )
}

/** Whether the banner stands in the page: that is settled when a view is opened, and stays until the next one. */
function useHasPlace(count: number | undefined, view: string): boolean {
  const [settled, setSettled] = useState<{ view: string; hasPlace: boolean }>()
  if (count !== undefined && settled?.view !== view) setSettled({ view, hasPlace: count > 0 })
  return settled?.hasPlace ?? false
}
