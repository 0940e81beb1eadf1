import { Box } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { readAgain } from '../../components/ui/paged-list.tsx'
import { Pager } from '../../components/ui/pager.tsx'
import { SearchField } from '../../components/ui/search-field.tsx'
import { Failed, Loading, State } from '../../components/ui/states.tsx'
import { ActiveAccess } from '../../features/grants/components/active-access.tsx'
import { textsOf } from '../../lib/search-text.ts'

const route = getRouteApi('/admin/access')

/** Security Management > Active Access: timed grants. */
export function AccessPage() {
  const { t } = useTranslation('access')
  const { q = '', cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, refetch } = $api.useQuery(
    'get',
    '/grants',
    { params: { query: { state: 'active', timed: 'true', limit: 20, ...(q && { q }), ...(cursor && { cursor }) } } },
    { placeholderData: keepPreviousData },
  )
  const show = (change: Record<string, string | undefined>) =>
    void navigate({ search: textsOf({ q, ...change }, 'q', 'cursor') })
  return (
    <>
      <PageHeader title={t('title')} description={t('intro')} />
      <Box mb="md">
        <SearchField label={t('search')} q={q} onSearch={(text) => show({ q: text })} />
      </Box>
      {!data &&
        (error ? (
          <Failed
            error={error}
            retry={() => readAgain({ error, cursor, refetch, onCursor: (next) => show({ cursor: next }) })}
          />
        ) : (
          <Loading />
        ))}
      {data && (
        <ActiveAccess grants={data.items}>
          <State icon={q ? 'search' : 'clock'} title={q ? t('noMatchTitle') : t('emptyTitle')}>
            {q ? t('noMatchText') : t('emptyText')}
          </State>
        </ActiveAccess>
      )}
      {data && <Pager cursor={cursor} nextCursor={data.nextCursor} onChange={(next) => show({ cursor: next })} />}
    </>
  )
}
