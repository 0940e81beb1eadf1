import { Group } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { ButtonLink } from '../../components/ui/link.tsx'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { PagedList } from '../../components/ui/paged-list.tsx'
import { SearchField } from '../../components/ui/search-field.tsx'
import { State } from '../../components/ui/states.tsx'
import { OwnRequests } from '../../features/own-requests/components/own-requests.tsx'
import { RequestsSections } from './requests-sections.tsx'

const route = getRouteApi('/portal/requests')
const pageSize = 20
/** Rows change in their place; only the reader adds new ones. */
const lookAgainMs = 10_000

/** What I have asked for, and what became of it. */
export function RequestsPage() {
  const { t } = useTranslation('asking')
  const { cursor, q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const list = $api.useQuery(
    'get',
    '/me/requests',
    { params: { query: { limit: pageSize, ...(q && { q }), ...(cursor && { cursor }) } } },
    { placeholderData: keepPreviousData, refetchInterval: lookAgainMs },
  )
  return (
    <>
      <PageHeader title={t('mineTitle')} description={t('mineIntro')} />
      <RequestsSections here="mine" />
      <Group mb="md">
        <SearchField
          label={t('mineSearch')}
          placeholder={t('mineSearchHint')}
          q={q}
          onSearch={(next) => void navigate({ search: next ? { q: next } : {}, replace: true })}
        />
      </Group>
      <PagedList
        list={list}
        cursor={cursor}
        onCursor={(next) => void navigate({ search: (known) => ({ ...known, cursor: next }) })}
        nothing={
          q ? (
            <State icon="search" title={t('noMatchTitle')}>
              {t('mineNoMatch', { q })}
            </State>
          ) : (
            <State
              icon="inbox"
              title={t('mineEmptyTitle')}
              action={<ButtonLink to="/portal/catalog">{t('toCatalog')}</ButtonLink>}
            >
              {t('mineEmptyText')}
            </State>
          )
        }
      >
        {(items) => <OwnRequests requests={items} />}
      </PagedList>
    </>
  )
}
