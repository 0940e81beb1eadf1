import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { Failed, Loading } from '../../components/ui/states.tsx'
import { MoreSettings } from '../../features/settings/components/more-settings.tsx'
import { SettingsForm } from '../../features/settings/components/settings-form.tsx'

/** Administration > Settings. */
export function SettingsPage() {
  const { t } = useTranslation('settings')
  const { data, error, refetch } = $api.useQuery('get', '/settings')
  return (
    <>
      <PageHeader title={t('title')} description={t('intro')} />
      {!data && (error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />)}
      {data && (
        <>
          <SettingsForm settings={data} />
          <MoreSettings />
        </>
      )}
    </>
  )
}
