import { Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import type { components } from '../../api/schema.d.ts'
import { DataTable } from '../../components/ui/data-table.tsx'
import { AnchorLink, LocalAnchor } from '../../components/ui/link.tsx'
import { StatusBadge } from '../../components/ui/request-status.tsx'
import { Failed, Loading } from '../../components/ui/states.tsx'
import { TimeAgo } from '../../components/ui/time-ago.tsx'
import { EventsTable } from '../../features/audit/components/events-table.tsx'

type Request = components['schemas']['AccessRequestSummary']

const most = 10
const decided = 'access_management_access_request_approval'
const signedIn = 'user_login_attempt'

/** What a person asked for, decided, and when they signed in: the newest of each, and the way to all. */
export function PersonActivity({ userId }: { userId: string }) {
  const { t } = useTranslation('users')
  return (
    <Stack gap="xl">
      <Requests userId={userId} />
      <Events title={t('activity.decisions')} nothing={t('activity.noDecisions')} userId={userId} type={decided} />
      <Events title={t('activity.signIns')} nothing={t('activity.noSignIns')} userId={userId} type={signedIn} />
    </Stack>
  )
}

interface SectionProps {
  title: string
  /** Where all of them are listed. */
  all: string
  nothing: string
  isEmpty: boolean
  children: ReactNode
}

function Section({ title, all, nothing, isEmpty, children }: SectionProps) {
  const { t } = useTranslation('users')
  return (
    <section aria-label={title}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4">
          {title}
        </Title>
        {!isEmpty && (
          <LocalAnchor href={all} size="sm">
            {t('activity.all', { what: title })}
          </LocalAnchor>
        )}
      </Group>
      {isEmpty ? <Text c="dimmed">{nothing}</Text> : children}
    </section>
  )
}

function Requests({ userId }: { userId: string }) {
  const { t } = useTranslation('users')
  const { data, error, refetch } = $api.useQuery('get', '/access-requests', {
    params: { query: { requester: userId, view: 'summary', sort: '-createdAt', limit: most } },
  })
  if (!data) return error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />
  const title = t('activity.requests')
  const search = new URLSearchParams({ requester: userId, status: 'any', approvalType: 'any' })
  return (
    <Section
      title={title}
      all={`/admin/requests?${search}`}
      nothing={t('activity.noRequests')}
      isEmpty={data.items.length === 0}
    >
      <DataTable<Request>
        label={title}
        rows={data.items}
        columns={[
          {
            id: 'flow',
            header: t('access.flow'),
            isLead: true,
            render: ({ id, approvalFlow }) => (
              <AnchorLink to="/admin/requests/$requestId" params={{ requestId: id }} inherit>
                {approvalFlow.name}
              </AnchorLink>
            ),
          },
          { id: 'status', header: t('column.state'), render: ({ status }) => <StatusBadge status={status} /> },
          { id: 'asked', header: t('activity.asked'), render: ({ createdAt }) => <TimeAgo at={createdAt} /> },
        ]}
      />
    </Section>
  )
}

function Events({ title, nothing, userId, type }: { title: string; nothing: string; userId: string; type: string }) {
  const { data, error, refetch } = $api.useQuery('get', '/directory-insights/events', {
    params: { query: { eventType: type, initiatedBy: userId, limit: most } },
  })
  if (!data) return error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />
  return (
    <Section
      title={title}
      all={`/admin/events?${new URLSearchParams({ type, by: userId })}`}
      nothing={nothing}
      isEmpty={data.items.length === 0}
    >
      <EventsTable events={data.items} />
    </Section>
  )
}
