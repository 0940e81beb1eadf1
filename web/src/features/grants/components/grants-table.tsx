import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../../components/ui/data-table.tsx'
import type { Column } from '../../../components/ui/data-table.types.ts'
import { LocalAnchor } from '../../../components/ui/link.tsx'
import { DateTime } from '../../../components/ui/time-ago.tsx'
import type { Grant } from '../use-revoke.ts'
import { TimeLeft } from './time-left.tsx'

interface GrantsTableProps {
  grants: Grant[]
  selectedIds: ReadonlySet<string>
  onSelect: (ids: Set<string>) => void
  onRevoke: (grant: Grant) => void
}

const wordsOf = ({ user, approvalFlow }: Grant) => ({ name: user.name, flow: approvalFlow.name })

/** Timed grants, each with the time left. */
export function GrantsTable({ grants, selectedIds, onSelect, onRevoke }: GrantsTableProps) {
  const { t } = useTranslation('access')
  const columns: Column<Grant>[] = [
    {
      id: 'user',
      header: t('column.user'),
      isLead: true,
      render: ({ user }) => (
        <LocalAnchor
          href={`/admin/users/${user.id}?tab=access`}
          inherit
          c="var(--mantine-color-text)"
          underline="always"
          className="gh-break"
        >
          {user.name}
        </LocalAnchor>
      ),
    },
    {
      id: 'flow',
      header: t('column.flow'),
      render: ({ approvalFlow, accessRequestId }) => (
        <LocalAnchor
          href={`/admin/requests/${accessRequestId}`}
          inherit
          c="var(--mantine-color-text)"
          underline="always"
          className="gh-break"
        >
          {approvalFlow.name}
        </LocalAnchor>
      ),
    },
    { id: 'group', header: t('column.group'), render: ({ group }) => group.name },
    { id: 'started', header: t('column.started'), render: ({ startedAt }) => <DateTime at={startedAt} /> },
    { id: 'left', header: t('column.left'), render: (grant) => <TimeLeft grant={grant} /> },
  ]
  return (
    <DataTable
      label={t('table')}
      rows={grants}
      columns={columns}
      selection={{
        ids: selectedIds,
        onChange: onSelect,
        label: (grant) => t('select', wordsOf(grant)),
        labelAll: t('selectAll'),
      }}
      actions={{
        label: t('actions'),
        render: (grant) => (
          <Button
            size="xs"
            variant="default"
            aria-label={t('revokeOne', wordsOf(grant))}
            onClick={() => onRevoke(grant)}
          >
            {t('revoke')}
          </Button>
        ),
      }}
    />
  )
}
