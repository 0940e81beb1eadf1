import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'
import { DataTable } from '../../../components/ui/data-table.tsx'
import type { Column } from '../../../components/ui/data-table.types.ts'
import { AnchorLink, LocalAnchor } from '../../../components/ui/link.tsx'
import { NameLink } from '../../../components/ui/name-link.tsx'
import { StatusBadge } from '../../../components/ui/request-status.tsx'
import { Failed, Loading } from '../../../components/ui/states.tsx'
import { DateTime, TimeAgo } from '../../../components/ui/time-ago.tsx'
import type { Leaving, UserDetails } from '../user-types.ts'
import { TakeOutButton } from './take-out-button.tsx'

/** Between two looks while something is still being taken away, in milliseconds. */
const lookMs = 2000

const isUnderWay = ({ grants, requests }: Leaving) =>
  grants.some(({ endedAt }) => endedAt === null) || requests.some(({ status }) => status !== 'canceled')

/** What became of the access of somebody who left: what has ended by itself, and what somebody has to decide about. */
export function UserLeaving({ user }: { user: UserDetails }) {
  const { t } = useTranslation('users')
  const { data, error, refetch } = $api.useQuery(
    'get',
    '/users/{id}/leaving',
    { params: { path: { id: user.id } } },
    {
      refetchInterval: ({ state }) =>
        state.data && state.data.state !== 'activated' && isUnderWay(state.data) && lookMs,
    },
  )
  if (!data) return error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />
  const { since } = data
  if (since === null) return <Text c="dimmed">{t('leaving.never')}</Text>
  const trail = new URLSearchParams({ q: user.email, from: since.slice(0, 10) })
  return (
    <Stack gap="xl">
      <Text>
        <Who leaving={data} since={since} />{' '}
        <LocalAnchor href={`/admin/events?${trail}`}>{t('leaving.trail')}</LocalAnchor>
      </Text>
      <Memberships user={user} leaving={data} />
      <Access grants={data.grants} />
      <Requests requests={data.requests} />
      <Steps steps={data.steps} />
      <Reports reports={data.reports} />
    </Stack>
  )
}

function Who({ leaving: { by, removedAt }, since }: { leaving: Leaving; since: string }) {
  const { t } = useTranslation('users')
  const key = by === null ? 'unknown' : removedAt && by.type === 'source' ? 'removed' : 'by'
  return (
    <>
      {t(`leaving.${key}`, { who: by?.name ?? '' })} <DateTime at={since} />
      {'.'}
    </>
  )
}

interface SectionProps<Row extends { id: string }> {
  title: string
  hint?: string
  nothing: string
  rows: Row[]
  columns: Column<Row>[]
  actions?: { label: string; render: (row: Row) => ReactNode }
}

function Section<Row extends { id: string }>({ title, hint, nothing, rows, columns, actions }: SectionProps<Row>) {
  return (
    <section aria-label={title}>
      <Title order={2} size="h4" mb="xs">
        {title}
      </Title>
      {hint && rows.length > 0 && (
        <Text size="sm" c="dimmed" mb="xs">
          {hint}
        </Text>
      )}
      {rows.length === 0 ? (
        <Text c="dimmed">{nothing}</Text>
      ) : (
        <DataTable label={title} rows={rows} columns={columns} {...(actions && { actions })} />
      )}
    </section>
  )
}

const groupLink = ({ id, name }: { id: string; name: string }) => (
  <NameLink kind="group" id={id}>
    {name}
  </NameLink>
)

const requestLink = (id: string, name: string) => (
  <AnchorLink to="/admin/requests/$requestId" params={{ requestId: id }} inherit>
    {name}
  </AnchorLink>
)

function Memberships({ user, leaving: { memberships } }: { user: UserDetails; leaving: Leaving }) {
  const { t } = useTranslation('users')
  return (
    <Section
      title={t('leaving.memberships')}
      hint={t('leaving.membershipsHint')}
      nothing={t('leaving.noMemberships')}
      rows={memberships.map((membership) => ({ ...membership, id: membership.group.id }))}
      columns={[
        { id: 'group', header: t('access.group'), isLead: true, render: ({ group }) => groupLink(group) },
        { id: 'target', header: t('leaving.target'), render: ({ target }) => target ?? t('leaving.directory') },
        {
          id: 'flows',
          header: t('leaving.givenBy'),
          render: ({ flows }) => flows.map(({ name }) => name).join(', '),
        },
      ]}
      actions={{
        label: t('leaving.decide'),
        render: ({ group }) => <TakeOutButton user={user} group={group} />,
      }}
    />
  )
}

function Access({ grants }: Pick<Leaving, 'grants'>) {
  const { t } = useTranslation('users')
  return (
    <Section
      title={t('leaving.access')}
      nothing={t('leaving.noAccess')}
      rows={grants}
      columns={[
        {
          id: 'flow',
          header: t('access.flow'),
          isLead: true,
          render: ({ accessRequestId, flow }) => requestLink(accessRequestId, flow.name),
        },
        { id: 'group', header: t('access.group'), render: ({ group }) => groupLink(group) },
        { id: 'target', header: t('leaving.target'), render: ({ target }) => target ?? t('leaving.directory') },
        { id: 'ended', header: t('leaving.ended'), render: (grant) => <End grant={grant} /> },
      ]}
    />
  )
}

function End({ grant: { endedAt, endError } }: { grant: Leaving['grants'][number] }) {
  const { t } = useTranslation('users')
  if (endedAt) return <TimeAgo at={endedAt} />
  return <Text c={endError ? 'red' : 'dimmed'}>{endError ?? t('leaving.ending')}</Text>
}

function Requests({ requests }: Pick<Leaving, 'requests'>) {
  const { t } = useTranslation('users')
  return (
    <Section
      title={t('leaving.requests')}
      nothing={t('leaving.noRequests')}
      rows={requests}
      columns={[
        { id: 'flow', header: t('access.flow'), isLead: true, render: ({ id, flow }) => requestLink(id, flow.name) },
        { id: 'status', header: t('column.state'), render: ({ status }) => <StatusBadge status={status} /> },
        { id: 'at', header: t('leaving.changed'), render: ({ updatedAt }) => <TimeAgo at={updatedAt} /> },
      ]}
    />
  )
}

function Steps({ steps }: Pick<Leaving, 'steps'>) {
  const { t } = useTranslation('users')
  return (
    <Section
      title={t('leaving.steps')}
      hint={t('leaving.stepsHint')}
      nothing={t('leaving.noSteps')}
      rows={steps.map((step, index) => ({ ...step, id: `${step.requestId} ${index}` }))}
      columns={[
        {
          id: 'flow',
          header: t('access.flow'),
          isLead: true,
          render: ({ requestId, flow }) => requestLink(requestId, flow.name),
        },
        { id: 'requester', header: t('leaving.requester'), render: ({ requester }) => requester.name },
        { id: 'status', header: t('column.state'), render: ({ status }) => <StatusBadge status={status} /> },
        { id: 'now', header: t('leaving.now'), render: ({ now }) => now?.name ?? t('leaving.nobody') },
      ]}
    />
  )
}

function Reports({ reports }: Pick<Leaving, 'reports'>) {
  const { t } = useTranslation('users')
  if (reports.length === 0) return null
  return (
    <Section
      title={t('leaving.reports')}
      hint={t('leaving.reportsHint')}
      nothing=""
      rows={reports}
      columns={[
        {
          id: 'name',
          header: t('column.name'),
          isLead: true,
          render: ({ id, name }) => (
            <AnchorLink to="/admin/users/$userId" params={{ userId: id }} search={{ focus: 'manager' }} inherit>
              {name}
            </AnchorLink>
          ),
        },
      ]}
    />
  )
}
