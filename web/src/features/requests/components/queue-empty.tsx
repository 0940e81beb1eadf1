import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Failed, Loading, State } from '../../../components/ui/states.tsx'
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
  /** The list was read, and is empty. */
  isRead: boolean
  error: unknown
  onRetry: () => void
  onShowAll: () => void
}

/** Why there are no rows: empty, still loading, or failed. */
export function QueueNothing({ search, isRead, error, onRetry, onShowAll }: QueueNothingProps) {
  if (isRead) return <QueueEmpty search={search} onShowAll={onShowAll} />
  return error ? <Failed error={error} retry={onRetry} /> : <Loading />
}
