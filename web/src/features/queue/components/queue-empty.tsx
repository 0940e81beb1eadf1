import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'
import { ButtonLink } from '../../../components/ui/link.tsx'
import { State } from '../../../components/ui/states.tsx'
import { useUnfilteredCount } from '../api/use-queue.ts'
import type { QueueSearch } from '../queue-search.ts'

export interface QueueEmptyProps {
  search: QueueSearch
  onShowAll: () => void
  onClearSearch: () => void
}

/** An empty list says whether the filters hide something, the search finds nothing, or there is nothing. */
export function QueueEmpty({ search, onShowAll, onClearSearch }: QueueEmptyProps) {
  const { t } = useTranslation(['requests', 'common'])
  const hidden = useUnfilteredCount(search)
  if (hidden === undefined) return null
  if (hidden > 0)
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
  if (search.q)
    return (
      <State
        icon="search"
        title={t('queue.notFound', { text: search.q })}
        action={
          <Button variant="default" onClick={onClearSearch}>
            {t('common:action.clearSearch')}
          </Button>
        }
      >
        {t('queue.notFoundText')}
      </State>
    )
  return <NoRequests />
}

/** What will stand here; while nothing can be asked for, the way to change that. */
function NoRequests() {
  const { t } = useTranslation('requests')
  const { data, isPending } = $api.useQuery('get', '/approval-flows', { params: { query: { limit: 1 } } })
  if (isPending) return null
  const isFirst = data?.items.length === 0
  return (
    <State
      icon="inbox"
      title={t('queue.emptyTitle')}
      action={isFirst && <ButtonLink to="/admin/flows/new">{t('queue.createFlow')}</ButtonLink>}
    >
      {t(isFirst ? 'queue.noFlowText' : 'queue.emptyText')}
    </State>
  )
}
