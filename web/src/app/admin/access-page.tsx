import { Button } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { ButtonLink } from '../../components/ui/link.tsx'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { readAgain } from '../../components/ui/paged-list.tsx'
import { Pager } from '../../components/ui/pager.tsx'
import { SearchToolbar } from '../../components/ui/search-toolbar.tsx'
import { Failed, Loading, State } from '../../components/ui/states.tsx'
import { ActiveAccess } from '../../features/grants/components/active-access.tsx'
import { textsOf } from '../../lib/search-text.ts'

const route = getRouteApi('/admin/access')

const kinds = ['all', 'timed', 'lasting'] as const

/** Security Management > Active Access: what approved requests gave, with and without an end. */
export function AccessPage() {
  const { t } = useTranslation(['access', 'common'])
  const { q = '', end, cursor } = route.useSearch()
  const kind = kinds.find((one) => one === end) ?? 'all'
  const isNarrowed = q !== '' || kind !== 'all'
  const navigate = route.useNavigate()
  const { data, error, refetch } = $api.useQuery(
    'get',
    '/grants',
    {
      params: {
        query: {
          state: 'active',
          limit: 20,
          ...(kind !== 'all' && { timed: kind === 'timed' ? 'true' : 'false' }),
          ...(q && { q }),
          ...(cursor && { cursor }),
        },
      },
    },
    { placeholderData: keepPreviousData },
  )
  const show = (change: Record<string, string | undefined>) =>
    void navigate({ search: textsOf({ q, end, ...change }, 'q', 'end', 'cursor') })
  return (
    <>
      <PageHeader title={t('title')} description={t('intro')} />
      <SearchToolbar
        label={t('search')}
        q={q}
        onSearch={(text) => show({ q: text })}
        choice={{
          label: t('end.label'),
          value: kind,
          data: kinds.map((value) => ({ value, label: t(`end.${value}`) })),
          onChange: (value) => show({ end: value === 'all' ? undefined : value }),
        }}
      />
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
          <State
            icon={isNarrowed ? 'search' : 'clock'}
            title={isNarrowed ? t('noMatchTitle') : t('emptyTitle')}
            action={
              isNarrowed ? (
                <Button variant="default" onClick={() => void navigate({ search: {} })}>
                  {t('common:action.clear')}
                </Button>
              ) : (
                <ButtonLink to="/admin/requests">{t('toQueue')}</ButtonLink>
              )
            }
          >
            {isNarrowed ? t('noMatchText') : t('emptyText')}
          </State>
        </ActiveAccess>
      )}
      {data && <Pager cursor={cursor} nextCursor={data.nextCursor} onChange={(next) => show({ cursor: next })} />}
    </>
  )
}
