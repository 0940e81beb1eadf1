import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RequestSummary } from '../../../api/types.ts'
import { useFormat } from '../../../lib/use-format.ts'
import { useProblemText } from '../../../lib/use-problem-text.ts'
import { bulkLimit, useMatching, useMatchingCount } from '../api/use-matching.ts'
import type { QueueSearch } from '../queue-search.ts'

interface SelectMatchingProps {
  search: QueueSearch
  selected: number
  onFound: (requests: RequestSummary[]) => void
}

/** After a whole page was selected: the other pages too, as many as can be decided at once. */
export function SelectMatching({ search, selected, onFound }: SelectMatchingProps) {
  const { t } = useTranslation('requests')
  const format = useFormat()
  const textOf = useProblemText()
  const { isBusy, problem, find } = useMatching(onFound)
  const total = useMatchingCount(search) ?? 0
  if (total <= selected) return null
  if (selected >= bulkLimit)
    return (
      <Text size="sm" c="dimmed">
        {t('bulk.most', { count: bulkLimit, total: format.number(total) })}
      </Text>
    )
  return (
    <>
      <Button size="xs" variant="light" loading={isBusy} onClick={() => find(search)}>
        {total > bulkLimit
          ? t('bulk.selectFirst', { count: bulkLimit, total: format.number(total) })
          : t('bulk.selectMatching', { count: total })}
      </Button>
      {problem && (
        <Text size="sm" c="red" role="alert">
          {textOf(problem)}
        </Text>
      )}
    </>
  )
}
