import { Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PersonAvatar } from '../../../components/ui/avatar.tsx'
import { DataTable } from '../../../components/ui/data-table.tsx'
import type { Column } from '../../../components/ui/data-table.types.ts'
import { AnchorLink } from '../../../components/ui/link.tsx'
import { SoftText } from '../../../components/ui/soft-text.tsx'
import type { User } from '../user-types.ts'
import { UserStateBadge } from './user-state-badge.tsx'

/** One row per user; the name opens the details. */
export function UsersTable({ users }: { users: User[] }) {
  const { t } = useTranslation('users')
  const columns: Column<User>[] = [
    { id: 'name', header: t('column.name'), isLead: true, render: (user) => <UserName user={user} /> },
    { id: 'email', header: t('column.email'), render: ({ email }) => <SoftText text={email} /> },
    { id: 'department', header: t('column.department'), render: ({ department }) => department ?? '–' },
    { id: 'jobTitle', header: t('column.jobTitle'), render: ({ jobTitle }) => jobTitle ?? '–' },
    { id: 'manager', header: t('column.manager'), render: ({ manager }) => manager?.name ?? '–' },
    { id: 'state', header: t('column.state'), isNarrow: true, render: ({ state }) => <UserStateBadge state={state} /> },
  ]
  return <DataTable label={t('table')} rows={users} columns={columns} />
}

function UserName({ user }: { user: User }) {
  const { t } = useTranslation('users')
  return (
    <Group gap="xs" wrap="nowrap">
      <PersonAvatar name={user.name} />
      <div>
        <AnchorLink to="/admin/users/$userId" params={{ userId: user.id }} inherit fw={600}>
          {user.name}
        </AnchorLink>
        {user.roles.includes('admin') && (
          <Text size="xs" c="dimmed">
            {t('administrator')}
          </Text>
        )}
      </div>
    </Group>
  )
}
