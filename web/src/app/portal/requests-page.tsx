import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { ButtonLink } from '../../components/ui/link.tsx'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { Pager } from '../../components/ui/pager.tsx'
import { Failed, Loading, State } from '../../components/ui/states.tsx'
import { OwnRequests } from '../../features/requests/components/own-requests.tsx'
import { RequestsSections } from './requests-sections.tsx'

const route = getRouteApi('/portal/requests')
const pageSize = 20

/** What I have asked for, and what became of it. */
export function RequestsPage() {
  const { t } = useTranslation('asking')
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, refetch } = $api.useQuery('get', '/me/requests', {
    params: { query: { limit: pageSize, ...(cursor && { cursor }) } },
  })
  return (
    <>
      <PageHeader title={t('mineTitle')} description={t('mineIntro')} />
      <RequestsSections here="mine" />
      {!data && (error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />)}
      {data?.items.length === 0 && (
        <State
          icon="inbox"
          title={t('mineEmptyTitle')}
          action={<ButtonLink to="/portal/catalog">{t('toCatalog')}</ButtonLink>}
        >
          {t('mineEmptyText')}
        </State>
      )}
      {data && data.items.length > 0 && <OwnRequests requests={data.items} />}
      {data && (
        <Pager
          cursor={cursor}
          nextCursor={data.nextCursor}
          onChange={(next) => void navigate({ search: { cursor: next } })}
        />
      )}
    </>
  )
}
