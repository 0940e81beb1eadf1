import { Anchor, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ApplicationAvatar } from '../../../components/ui/avatar.tsx'
import { DataTable } from '../../../components/ui/data-table.tsx'
import type { Column } from '../../../components/ui/data-table.types.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { AnchorLink } from '../../../components/ui/link.tsx'
import { DateTime } from '../../../components/ui/time-ago.tsx'
import type { Application } from '../application-types.ts'

interface ApplicationsTableProps {
  applications: Application[]
  sort: string
  onSort: (sort: string) => void
}

/** One row per application; the name opens it for editing, the address leads to the application itself. */
export function ApplicationsTable({ applications, sort, onSort }: ApplicationsTableProps) {
  const { t } = useTranslation('applications')
  const columns: Column<Application>[] = [
    {
      id: 'name',
      header: t('column.name'),
      sort: 'name',
      isLead: true,
      render: (application) => <ApplicationName application={application} />,
    },
    {
      id: 'url',
      header: t('column.url'),
      render: ({ url }) => (
        <Anchor href={url} target="_blank" rel="noreferrer" inherit className="gh-break">
          {url} <Icon name="external" size={14} />
        </Anchor>
      ),
    },
    {
      id: 'groups',
      header: t('column.groups'),
      render: ({ groupIds }) => (groupIds.length > 0 ? t('groups', { count: groupIds.length }) : t('noGroup')),
    },
    {
      id: 'created',
      header: t('column.created'),
      sort: 'createdAt',
      isNarrow: true,
      render: ({ createdAt }) => <DateTime at={createdAt} />,
    },
  ]
  return <DataTable label={t('table')} rows={applications} columns={columns} sort={sort} onSort={onSort} />
}

function ApplicationName({ application }: { application: Application }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <ApplicationAvatar application={application} />
      <AnchorLink
        to="/admin/applications/$applicationId"
        params={{ applicationId: application.id }}
        inherit
        fw={600}
        className="gh-break"
      >
        {application.name}
      </AnchorLink>
    </Group>
  )
}
