import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { ButtonLink } from '../../components/ui/link.tsx'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { Failed, Loading, State } from '../../components/ui/states.tsx'
import { ApplicationTiles } from '../../features/applications/components/application-tiles.tsx'

const lookAgainMs = 20_000

/** What I have, and until when. */
export function ApplicationsPage() {
  const { t } = useTranslation('portal')
  const { data, error, refetch } = $api.useQuery('get', '/me/applications', {}, { refetchInterval: lookAgainMs })
  return (
    <>
      <PageHeader title={t('applications.title')} description={t('applications.intro')} />
      {!data && (error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />)}
      {data?.items.length === 0 && (
        <State
          icon="apps"
          title={t('applications.emptyTitle')}
          action={<ButtonLink to="/portal/catalog">{t('applications.toCatalog')}</ButtonLink>}
        >
          {t('applications.emptyText')}
        </State>
      )}
      {data && data.items.length > 0 && <ApplicationTiles applications={data.items} />}
    </>
  )
}
