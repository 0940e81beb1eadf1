import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../../components/ui/data-table.tsx'
import type { Column } from '../../../components/ui/data-table.types.ts'
import { LocalAnchor } from '../../../components/ui/link.tsx'
import { NameLink } from '../../../components/ui/name-link.tsx'
import { DateTime } from '../../../components/ui/time-ago.tsx'
import type { Grant } from '../use-revoke.ts'
import { TimeLeft } from './time-left.tsx'

interface GrantsTableProps {
  grants: Grant[]
  selectedIds: ReadonlySet<string>
  onSelect: (ids: Set<string>) => void
  onRevoke: (grant: Grant) => void
  onExtend: (grant: Grant) => void
}

const wordsOf = ({ user, approvalFlow }: Grant) => ({ name: user.name, flow: approvalFlow.name })

/** Grants: who has what, since when and for how long, who gave it and why. */
export function GrantsTable({ grants, selectedIds, onSelect, onRevoke, onExtend }: GrantsTableProps) {
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
    {
      id: 'group',
      header: t('column.group'),
      render: ({ group }) => (
        <NameLink kind="group" id={group.id}>
          {group.name}
        </NameLink>
      ),
    },
    { id: 'started', header: t('column.started'), render: ({ startedAt }) => <DateTime at={startedAt} /> },
    {
      id: 'givenBy',
      header: t('column.givenBy'),
      render: ({ givenBy, reason }) => (
        <>
          {givenBy ? (
            <NameLink kind="user" id={givenBy.id}>
              {givenBy.name}
            </NameLink>
          ) : (
            t('givenByNobody')
          )}
          {reason && (
            <Text size="sm" c="dimmed" lineClamp={2} title={reason} className="gh-break">
              {reason}
            </Text>
          )}
        </>
      ),
    },
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
          <Group gap="xs" wrap="nowrap" justify="flex-end">
            {grant.expiresAt && (
              <Button
                size="xs"
                variant="default"
                aria-label={t('extendOne', wordsOf(grant))}
                onClick={() => onExtend(grant)}
              >
                {t('extend')}
              </Button>
            )}
            <Button
              size="xs"
              variant="default"
              aria-label={t('revokeOne', wordsOf(grant))}
              onClick={() => onRevoke(grant)}
            >
              {t('revoke')}
            </Button>
          </Group>
        ),
      }}
    />
  )
}
