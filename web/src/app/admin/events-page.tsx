import { Button } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { PagedList } from '../../components/ui/paged-list.tsx'
import { State } from '../../components/ui/states.tsx'
import { EventFilters } from '../../features/audit/components/event-filters.tsx'
import { EventsTable } from '../../features/audit/components/events-table.tsx'
import { type EventSearch, filtersOf, readEventSearch } from '../../features/audit/event-search.ts'

const route = getRouteApi('/admin/events')

/** Insights > DI Events. */
export function EventsPage() {
  const { t } = useTranslation('audit')
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { cursor, ...shown } = search
  const list = $api.useQuery(
    'get',
    '/directory-insights/events',
    { params: { query: { limit: 20, ...filtersOf(shown), ...(cursor && { cursor }) } } },
    { placeholderData: keepPreviousData },
  )
  const isNarrowed = Object.keys(shown).length > 0
  const clear = () => void navigate({ search: {} })
  const show = (change: EventSearch) => void navigate({ search: readEventSearch({ ...shown, ...change }) })
  return (
    <>
      <PageHeader title={t('title')} description={t('intro')} />
      <EventFilters search={shown} onChange={show} onClear={clear} />
      <PagedList
        list={list}
        cursor={cursor}
        onCursor={(next) => show(next ? { cursor: next } : {})}
        nothing={
          <State
            icon={isNarrowed ? 'search' : 'list'}
            title={t(isNarrowed ? 'noMatchTitle' : 'emptyTitle')}
            action={
              isNarrowed && (
                <Button variant="default" onClick={clear}>
                  {t('clear')}
                </Button>
              )
            }
          >
            {t(isNarrowed ? 'noMatchText' : 'emptyText')}
          </State>
        }
      >
        {(items) => <EventsTable events={items} />}
      </PagedList>
    </>
  )
}
