import { Alert, Anchor, Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import type { QueueName } from '../../../api/types.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { useStepName } from '../../request-card/use-step-name.ts'
import type { MissingGroup } from '../api/use-missing-groups.ts'
import { filtersOf, type QueueSearch } from '../queue-search.ts'
import classes from './queue.module.css'

interface MissingBannerProps {
  /** Nothing before it has been counted. */
  count: number | undefined
  search: QueueSearch
  /** What they wait for. */
  groups: MissingGroup[]
  /** Leads to the requests with missing data, in the tab that has some; `requester`: of one person only. */
  onView: (queue: QueueName, requester?: string) => void
}

/**
 * Requests that wait for data nobody has filled in; shown whatever the filters hide.
 * Nothing moves below it while somebody looks: what comes up meanwhile floats, and what is settled leaves its place.
 */
export function MissingBanner({ count, groups, search, onView }: MissingBannerProps) {
  const { t } = useTranslation('requests')
  const queue = search.queue ?? 'administrator'
  const hasPlace = useHasPlace(count, JSON.stringify([queue, filtersOf(search), search.cursor]))
  if (count === undefined) return null

  async function view(requester?: string): Promise<void> {
    const { data } = await client
      .GET('/access-requests/counts', {
        params: { query: { status: ['missing_data'], ...(requester && { requester }) } },
      })
      .catch(() => ({ data: undefined }))
    const other: QueueName = queue === 'others' ? 'administrator' : 'others'
    onView(data && data[queue] === 0 && data[other] > 0 ? other : queue, requester)
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
        <Text size="sm" flex="1 1 240px" miw={0} component="div">
          {count > 0 ? (
            <>
              <b>{words}</b> {t('missing.text')}
              <Groups groups={groups} onView={(requester) => void view(requester)} />
            </>
          ) : (
            <>
              {t('missing.none')}
              <span className={classes.groups} />
            </>
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

const mostGroups = 3

/** Who is waited for, those for whom most requests wait first; a person without a manager leads to their requests. */
function Groups({ groups, onView }: { groups: MissingGroup[]; onView: (requester: string) => void }) {
  const { t } = useTranslation('requests')
  const nameOf = useStepName()
  const more = groups.length - mostGroups
  return (
    <ul className={classes.groups}>
      {groups.slice(0, mostGroups).map(({ key, count, managerOf, step }) => (
        <li key={key}>
          {managerOf ? (
            <Anchor
              component="button"
              type="button"
              inherit
              c="inherit"
              td="underline"
              onClick={() => onView(managerOf)}
            >
              {t('missing.waitManager', { count, name: managerOf })}
            </Anchor>
          ) : (
            t('missing.waitStep', { count, step: step ? nameOf(step) : '' })
          )}
        </li>
      ))}
      {more > 0 && <li>{t('missing.moreGroups', { count: more })}</li>}
    </ul>
  )
}

/** Whether the banner stands in the page: that is settled when a view is opened, and stays until the next one. */
function useHasPlace(count: number | undefined, view: string): boolean {
  const [settled, setSettled] = useState<{ view: string; hasPlace: boolean }>()
  if (count !== undefined && settled?.view !== view) setSettled({ view, hasPlace: count > 0 })
  return settled?.hasPlace ?? false
}
