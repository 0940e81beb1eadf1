import { Stack } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { ButtonLink } from '../../components/ui/link.tsx'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { Failed, Loading, State } from '../../components/ui/states.tsx'
import { RefusedMails } from '../../features/mails/components/refused-mails.tsx'
import { AgeChart } from '../../features/overview/components/age-chart.tsx'
import { Checklist } from '../../features/overview/components/checklist.tsx'
import { DecisionTimes } from '../../features/overview/components/decision-times.tsx'
import { Holders } from '../../features/overview/components/holders.tsx'
import { StatusTiles } from '../../features/overview/components/status-tiles.tsx'
import classes from '../../features/overview/overview.module.css'
import { periods } from '../../features/overview/overview.ts'
import { useMe } from '../../features/session/me.ts'
import { Leavers } from '../../features/users/components/leavers.tsx'

const route = getRouteApi('/admin/overview')
const refreshMs = 15_000

/** How the queue is doing: what is open, how fast it is decided, and who holds it. */
export function OverviewPage() {
  const { t } = useTranslation('overview')
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const days = periods.find((each) => each === search.days) ?? '90'
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const { data, error, refetch } = $api.useQuery(
    'get',
    '/access-requests/overview',
    { params: { query: { days: Number(days), timeZone } } },
    { placeholderData: keepPreviousData, refetchInterval: refreshMs },
  )
  // Drawn with the rest: what came later would push it down.
  const leavers = $api.useQuery('get', '/leavers')
  const setup = $api.useQuery('get', '/setup')
  const userId = useMe().user.id
  const isEmpty = data?.open.length === 0 && data.timeToDecision.decisions === 0
  const nothing = (
    <State icon="chart" title={t('emptyTitle')} action={<ButtonLink to="/admin/flows">{t('toFlows')}</ButtonLink>}>
      {t('emptyText')}
    </State>
  )
  return (
    <>
      <PageHeader title={t('title')} description={t('intro')} />
      <RefusedMails />
      {setup.data && (
        <div className={classes.checklist}>
          <Checklist steps={setup.data} userId={userId} />
        </div>
      )}
      {(!data || leavers.isPending) && (error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />)}
      {data && !leavers.isPending && (
        <Stack gap="lg">
          <Leavers people={leavers.data?.items ?? []} />
          {isEmpty ? (
            nothing
          ) : (
            <>
              <StatusTiles open={data.open} />
              <AgeChart open={data.open} />
              <div className={classes.panels}>
                <DecisionTimes
                  times={data.timeToDecision}
                  days={days}
                  onDays={(next) => void navigate({ search: { days: next }, replace: true })}
                />
                <Holders holders={data.holders} administrators={data.administrators} />
              </div>
            </>
          )}
        </Stack>
      )}
    </>
  )
}
