import { Tabs } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueCounts, QueueName } from '../../../api/types.ts'
import { useFormat } from '../../../lib/use-format.ts'
import { queues } from '../queue-search.ts'
import classes from './queue.module.css'

interface QueueTabsProps {
  queue: QueueName
  counts: QueueCounts | undefined
  onChange: (queue: QueueName) => void
  children: ReactNode
}

/** Administrator and Others, each with the number of requests under the filters. */
export function QueueTabs({ queue, counts, onChange, children }: QueueTabsProps) {
  const { t } = useTranslation('requests')
  const format = useFormat()
  return (
    <Tabs value={queue} onChange={(value) => onChange(queues.find((each) => each === value) ?? 'administrator')}>
      <Tabs.List aria-label={t('queue.tabs')} mb="md">
        {queues.map((each) => (
          <Tabs.Tab key={each} value={each}>
            {t(`queue.${each}`)}
            <span className={classes.count} data-count={each}>
              {counts ? format.number(counts[each]) + (counts.isCapped && counts[each] > 0 ? '+' : '') : '–'}
            </span>
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {queues.map((each) => (
        <Tabs.Panel key={each} value={each}>
          {each === queue && children}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
