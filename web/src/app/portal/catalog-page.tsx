import { Alert } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi, Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { Icon } from '../../components/ui/icon.tsx'
import { ButtonLink } from '../../components/ui/link.tsx'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { PagedList } from '../../components/ui/paged-list.tsx'
import { State } from '../../components/ui/states.tsx'
import { CatalogSearch } from '../../features/catalog/components/catalog-search.tsx'
import { CatalogTiles } from '../../features/catalog/components/catalog-tiles.tsx'
import { isAdministrator, useMe } from '../../features/session/me.ts'
import { RequestsSections } from './requests-sections.tsx'

const route = getRouteApi('/portal/catalog')
const pageSize = 24
const lookAgainMs = 20_000

/** What I can ask for. The dialog that asks is the page below it, with an address of its own. */
export function CatalogPage() {
  const { t } = useTranslation('asking')
  const { q, cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const me = useMe()
  const list = $api.useQuery(
    'get',
    '/catalog',
    { params: { query: { limit: pageSize, ...(q && { q }), ...(cursor && { cursor }) } } },
    { placeholderData: keepPreviousData, refetchInterval: lookAgainMs },
  )
  return (
    <>
      <PageHeader title={t('catalogTitle')} description={t('catalogIntro')} />
      <RequestsSections here="catalog" />
      {list.data?.requestsEnabled === false && (
        <Alert role="note" color="yellow" icon={<Icon name="info" />} mb="md">
          {t('switchedOff')}
        </Alert>
      )}
      <CatalogSearch q={q ?? ''} onSearch={(text) => void navigate({ search: { q: text }, replace: true })} />
      <PagedList
        list={list}
        cursor={cursor}
        onCursor={(next) => void navigate({ search: (known) => ({ ...known, cursor: next }) })}
        nothing={
          <State
            icon="search"
            title={q ? t('noMatchTitle') : t('emptyTitle')}
            action={!q && isAdministrator(me) && <ButtonLink to="/admin/flows/new">{t('createFlow')}</ButtonLink>}
          >
            {q ? t('noMatchText', { q }) : t('emptyText')}
          </State>
        }
      >
        {(items) => <CatalogTiles entries={items} canAsk={list.data?.requestsEnabled ?? true} />}
      </PagedList>
      <Outlet />
    </>
  )
}
