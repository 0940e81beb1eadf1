import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { Failed, Loading } from '../../components/ui/states.tsx'
import { SignInSettings } from '../../features/settings/components/sign-in-settings.tsx'

/** Administration > Settings > Sign-in. */
export function SignInSettingsPage() {
  const { t } = useTranslation('providers')
  const { data, error, refetch } = $api.useQuery('get', '/settings/sign-in')
  return (
    <>
      <PageHeader title={t('settings.title')} description={t('settings.intro')} />
      {!data && (error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />)}
      {data && <SignInSettings settings={data} />}
    </>
  )
}
