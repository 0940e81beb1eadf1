import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Failed, Loading, Nothing, State } from '../../../components/ui/states.tsx'
import { useUnfilteredCount } from '../api/use-queue.ts'
import type { QueueSearch } from '../queue-search.ts'

/** An empty list says whether there is nothing, or nothing that the filters let through. */
function QueueEmpty({ search, onShowAll }: { search: QueueSearch; onShowAll: () => void }) {
  const { t } = useTranslation('requests')
  const hidden = useUnfilteredCount(search, true)
  if (!hidden) {
    return (
      <State icon="inbox" title={t('queue.emptyTitle')}>
        {t('queue.emptyText')}
      </State>
    )
  }
  return (
    <State
      icon="filter"
      title={t('queue.hidden', { count: hidden })}
      action={
        <Button variant="default" onClick={onShowAll}>
          {t('queue.showAll')}
        </Button>
      }
    >
      {t('queue.hiddenText')}
    </State>
  )
}

interface QueueNothingProps {
  search: QueueSearch
  /** How many rows there are; nothing before the list was read. */
  count: number | undefined
  error: unknown
  onRetry: () => void
  onShowAll: () => void
}

/** Why there are no rows: empty, still loading, or failed. */
export function QueueNothing({ search, count, error, onRetry, onShowAll }: QueueNothingProps) {
  return (
    <>
      <Nothing isThere={count === 0}>
        <QueueEmpty search={search} onShowAll={onShowAll} />
      </Nothing>
      {count === undefined && (error ? <Failed error={error} retry={onRetry} /> : <Loading />)}
    </>
  )
}
