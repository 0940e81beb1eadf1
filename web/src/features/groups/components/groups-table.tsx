import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../../components/ui/data-table.tsx'
import type { Column } from '../../../components/ui/data-table.types.ts'
import { AnchorLink } from '../../../components/ui/link.tsx'
import { DateTime } from '../../../components/ui/time-ago.tsx'
import { useFormat } from '../../../lib/use-format.ts'
import type { UserGroup } from '../group-types.ts'

interface GroupsTableProps {
  groups: UserGroup[]
  sort: string
  onSort: (sort: string) => void
}

/** One row per group; the name opens it. */
export function GroupsTable({ groups, sort, onSort }: GroupsTableProps) {
  const { t } = useTranslation('groups')
  const format = useFormat()
  const columns: Column<UserGroup>[] = [
    {
      id: 'name',
      header: t('column.name'),
      sort: 'name',
      isLead: true,
      render: ({ id, name }) => (
        <AnchorLink to="/admin/groups/$groupId" params={{ groupId: id }} inherit fw={600} className="gh-break">
          {name}
        </AnchorLink>
      ),
    },
    {
      id: 'description',
      header: t('column.description'),
      render: ({ description }) => (
        <Text span inherit className="gh-break" lineClamp={2}>
          {description || '–'}
        </Text>
      ),
    },
    {
      id: 'members',
      header: t('column.members'),
      isNarrow: true,
      render: ({ memberCount }) => <span className="gh-numeric">{format.number(memberCount)}</span>,
    },
    {
      id: 'created',
      header: t('column.created'),
      sort: 'createdAt',
      isNarrow: true,
      render: ({ createdAt }) => <DateTime at={createdAt} />,
    },
  ]
  return <DataTable label={t('table')} rows={groups} columns={columns} sort={sort} onSort={onSort} />
}
