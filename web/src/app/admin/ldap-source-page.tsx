import { Group } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { Failed, Loading } from '../../components/ui/states.tsx'
import { LdapForm } from '../../features/sources/components/ldap-form.tsx'
import { LdapRuns } from '../../features/sources/components/ldap-runs.tsx'

const route = getRouteApi('/admin/people-sources/$sourceId')

/** While a run goes on it is looked at this often, in milliseconds. */
const everyMs = 2000

/** Administration > People sources > one directory server: how it is read, and its runs. */
export function LdapSourcePage() {
  const { t } = useTranslation('sources')
  const { sourceId: id } = route.useParams()
  const params = { params: { path: { id } } }
  const source = $api.useQuery('get', '/people-sources/{id}', params)
  const ldap = $api.useQuery('get', '/people-sources/{id}/ldap', params, {
    refetchInterval: ({ state }) => (state.data?.runs.some(({ outcome }) => outcome === null) ? everyMs : false),
  })
  const error = source.error ?? ldap.error
  if (error) return <Failed error={error} retry={() => void ldap.refetch()} order={1} />
  if (!source.data || !ldap.data) return <Loading />
  const { settings, runs } = ldap.data
  return (
    <>
      <PageHeader title={source.data.name} back={{ href: '/admin/people-sources', label: t('ldap.back') }} />
      <Group align="flex-start" gap="lg">
        <LdapForm id={id} settings={settings} />
        {settings && <LdapRuns id={id} runs={runs} />}
      </Group>
    </>
  )
}
