import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../../components/ui/data-table.tsx'
import { AnchorLink } from '../../../components/ui/link.tsx'
import { NameLink } from '../../../components/ui/name-link.tsx'
import { DateTime, TimeAgo } from '../../../components/ui/time-ago.tsx'
import type { UserDetails } from '../user-types.ts'

/** What a user has: applications, and the approved requests that gave access, which `grants` shows. */
export function UserAccess({ user, grants }: { user: UserDetails; grants: ReactNode }) {
  const { t } = useTranslation('users')
  return (
    <Stack gap="lg">
      <section>
        <Title order={2} size="h4" mb="xs">
          {t('access.applications')}
        </Title>
        <Applications user={user} />
      </section>
      <section>
        <Title order={2} size="h4" mb="xs">
          {t('access.grants')}
        </Title>
        {grants}
      </section>
      {user.endedBySuspension.length > 0 && (
        <section>
          <Title order={2} size="h4" mb="xs">
            {t('access.ended')}
          </Title>
          <Ended user={user} />
        </section>
      )}
    </Stack>
  )
}

function Until({ at }: { at: string | null }) {
  const { t } = useTranslation('users')
  return at ? <TimeAgo at={at} /> : t('access.always')
}

function Applications({ user }: { user: UserDetails }) {
  const { t } = useTranslation('users')
  if (user.applications.length === 0) return <Text c="dimmed">{t('access.noApplications')}</Text>
  return (
    <DataTable
      label={t('access.applications')}
      rows={user.applications}
      columns={[
        { id: 'name', header: t('access.application'), isLead: true, render: ({ name }) => name },
        { id: 'until', header: t('access.until'), render: ({ until }) => <Until at={until} /> },
      ]}
    />
  )
}

/** What there was before their last suspension: whoever activates them again sees what to give anew. */
function Ended({ user }: { user: UserDetails }) {
  const { t } = useTranslation('users')
  return (
    <DataTable
      label={t('access.ended')}
      rows={user.endedBySuspension.map((grant) => ({ ...grant, id: grant.accessRequestId }))}
      columns={[
        {
          id: 'flow',
          header: t('access.flow'),
          isLead: true,
          render: ({ flow, id }) => (
            <AnchorLink to="/admin/requests/$requestId" params={{ requestId: id }} inherit>
              {flow.name}
            </AnchorLink>
          ),
        },
        {
          id: 'group',
          header: t('access.group'),
          render: ({ group }) => (
            <NameLink kind="group" id={group.id}>
              {group.name}
            </NameLink>
          ),
        },
        { id: 'since', header: t('access.since'), render: ({ startedAt }) => <DateTime at={startedAt} /> },
        { id: 'until', header: t('access.until'), render: ({ expiresAt }) => <Until at={expiresAt} /> },
      ]}
    />
  )
}
