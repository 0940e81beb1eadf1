import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../../components/ui/data-table.tsx'
import { TimeAgo } from '../../../components/ui/time-ago.tsx'
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
