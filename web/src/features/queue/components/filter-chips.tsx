import { CloseButton, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../lib/use-format.ts'
import { useNames } from '../api/use-names.ts'
import type { QueueFilters } from '../queue-search.ts'
import classes from './queue.module.css'

interface Chip {
  /** Its text when left out. */
  key?: string
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
  const { flows, people } = useNames(filters)
  const nameOf = (name: string | null | undefined) => (name === null ? t('filters.gone') : (name ?? '…'))
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
    ...(filters.period
      ? [{ text: t(`filters.period.${filters.period}`), without: { ...filters, period: '' as const } }]
      : []),
    ...(filters.expires ? [{ text: t('filters.chipExpires'), without: { ...filters, expires: '' as const } }] : []),
    ...filters.flow.map((id) => ({
      key: id,
      text: t('filters.chipFlow', { name: nameOf(flows[id]) }),
      without: { ...filters, flow: filters.flow.filter((each) => each !== id) },
    })),
    ...(filters.department
      ? [{ text: t('filters.chipDepartment', { name: filters.department }), without: { ...filters, department: '' } }]
      : []),
    ...(filters.approver
      ? [
          {
            text: t('filters.chipApprover', { name: nameOf(people[filters.approver]) }),
            without: { ...filters, approver: '' },
          },
        ]
      : []),
    ...(filters.from
      ? [{ text: t('filters.chipFrom', { date: day(filters.from) }), without: { ...filters, from: '' } }]
      : []),
    ...(filters.to ? [{ text: t('filters.chipTo', { date: day(filters.to) }), without: { ...filters, to: '' } }] : []),
  ]
  if (chips.length === 0) return null
  return (
    <Group component="ul" gap={6} m={0} p={0} aria-label={t('filters.label')} className={classes.chips}>
      {chips.map(({ text, without, key = text }) => (
        <li key={key} className={classes.chip}>
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
