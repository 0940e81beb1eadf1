import { CloseButton, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../lib/use-format.ts'
import type { QueueFilters } from '../queue-search.ts'
import classes from './queue.module.css'

interface Chip {
  text: string
  without: QueueFilters
}

/** What the list is filtered by; each x takes one filter away. */
export function FilterChips({
  filters,
  onChange,
}: {
  filters: QueueFilters
  onChange: (filters: QueueFilters) => void
}) {
  const { t } = useTranslation(['requests', 'common'])
  const format = useFormat()
  const day = (text: string) => format.date(`${text}T12:00:00`)
  const chips: Chip[] = [
    ...filters.approvalType.map((type) => ({
      text: t(`approvalType.${type}`),
      without: { ...filters, approvalType: filters.approvalType.filter((each) => each !== type) },
    })),
    ...filters.status.map((status) => ({
      text: t(`status.${status}`),
      without: { ...filters, status: filters.status.filter((each) => each !== status) },
    })),
    ...(filters.requester
      ? [{ text: t('filters.chipRequester', { name: filters.requester }), without: { ...filters, requester: '' } }]
      : []),
    ...(filters.from
      ? [{ text: t('filters.chipFrom', { date: day(filters.from) }), without: { ...filters, from: '' } }]
      : []),
    ...(filters.to ? [{ text: t('filters.chipTo', { date: day(filters.to) }), without: { ...filters, to: '' } }] : []),
  ]
  if (chips.length === 0) return null
  return (
    <Group component="ul" gap={6} m={0} p={0} aria-label={t('filters.label')} className={classes.chips}>
      {chips.map(({ text, without }) => (
        <li key={text} className={classes.chip}>
          <Text size="sm" component="span" className="gh-break">
            {text}
          </Text>
          <CloseButton
            size={24}
            iconSize={14}
            aria-label={t('common:action.remove', { what: text })}
            onClick={() => onChange(without)}
          />
        </li>
      ))}
    </Group>
  )
}
