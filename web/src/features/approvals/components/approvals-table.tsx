import { Group, Text } from '@mantine/core'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { FlowAvatar, PersonAvatar } from '../../../components/ui/avatar.tsx'
import { DataTable } from '../../../components/ui/data-table.tsx'
import type { Column } from '../../../components/ui/data-table.types.ts'
import { StatusBadge } from '../../../components/ui/request-status.tsx'
import { Loading } from '../../../components/ui/states.tsx'
import { TimeAgo } from '../../../components/ui/time-ago.tsx'
import { useFormat } from '../../../lib/use-format.ts'
import type { useCurrentRow } from '../../request-card/use-current-row.ts'
import type { useOpenRequest } from '../../request-card/use-open-request.ts'
import type { useSelection } from '../../request-card/use-selection.ts'
import { sortOf, stateOf } from '../approvals-search.ts'
import { canApprove } from '../can-approve.ts'
import type { useApprovalsAddress } from '../use-approvals-address.ts'
import { ApprovalButtons } from './approval-buttons.tsx'
import classes from './approvals.module.css'
import { ApprovalDetails } from './dialogs.ts'
import { OwnDecision } from './own-decision.tsx'

interface ApprovalsTableProps {
  requests: AccessRequest[]
  /** Other rows are being read. */
  isOld: boolean
  viewerId: string
  state: {
    address: ReturnType<typeof useApprovalsAddress>
    selection: ReturnType<typeof useSelection<AccessRequest>>
    row: ReturnType<typeof useCurrentRow>
    opened: ReturnType<typeof useOpenRequest>
  }
}

/** The requests of a page, each with its answer, and its details on demand. */
export function ApprovalsTable({ requests, isOld, viewerId, state }: ApprovalsTableProps) {
  const { t } = useTranslation(['approvals', 'requests'])
  const { address, selection, row, opened } = state
  const { isNarrow } = opened
  const columns = useColumns(viewerId, isNarrow)
  const wordsOf = ({ requester, approvalFlow }: AccessRequest) => ({ name: requester.name, flow: approvalFlow.name })
  return (
    <DataTable<AccessRequest>
      label={t('list')}
      rows={requests}
      isOld={isOld}
      columns={isNarrow ? columns.filter(({ id }) => beside.includes(id)) : columns}
      second={({ reason }) => <div className={classes.reason}>{reason}</div>}
      sort={sortOf(address.search)}
      onSort={address.setSort}
      {...(stateOf(address.search) === 'waiting' && {
        selection: {
          ids: selection.ids,
          onChange: selection.set,
          label: (request) => t('requests:queue.select', wordsOf(request)),
          labelAll: t('requests:queue.selectAll'),
          canSelect: canApprove,
        },
      })}
      expansion={{
        ids: new Set(opened.id ? [opened.id] : []),
        onToggle: opened.toggle,
        header: t('requests:details.title'),
        label: (request) => t('openOf', wordsOf(request)),
        render: opened.isBeside
          ? undefined
          : (request) => (
              <Suspense fallback={<Loading />}>
                <ApprovalDetails
                  request={request}
                  viewerId={viewerId}
                  hasNext={opened.hasNext(request.id)}
                  onDecided={opened.goOn}
                />
              </Suspense>
            ),
      }}
      currentId={row.currentId}
      onCurrent={row.setCurrentId}
    />
  )
}

/** There is room for these while a request is open beside the list. */
const beside = ['requester', 'flow', 'asked']

function useColumns(viewerId: string, isNarrow: boolean): Column<AccessRequest>[] {
  const { t } = useTranslation(['approvals', 'requests'])
  const format = useFormat()
  return [
    {
      id: 'requester',
      header: t('requests:column.requester'),
      sort: 'requesterName',
      isLead: true,
      render: ({ requester }) => (
        <Group gap="xs" wrap="nowrap">
          <PersonAvatar name={requester.name} size={24} />
          <div>
            <Text size="sm" fw={600}>
              {requester.name}
            </Text>
            <Text size="xs" c="dimmed">
              {requester.department ?? t('noDepartment')}
            </Text>
          </div>
        </Group>
      ),
    },
    {
      id: 'flow',
      header: t('requests:column.flow'),
      sort: 'flowName',
      render: ({ approvalFlow }) => (
        <Group gap="xs" wrap="nowrap">
          <FlowAvatar flow={approvalFlow} size={24} />
          <span>{approvalFlow.name}</span>
        </Group>
      ),
    },
    {
      id: 'duration',
      header: t('duration'),
      isNarrow: true,
      render: ({ requestedDuration }) => (requestedDuration ? format.duration(requestedDuration) : t('unlimited')),
    },
    {
      id: 'asked',
      header: t('asked'),
      sort: 'createdAt',
      isNarrow: true,
      // Beside an open request this says what became of the others, too.
      render: (request) =>
        isNarrow && !canApprove(request) ? <StatusBadge status={request.status} /> : <TimeAgo at={request.createdAt} />,
    },
    {
      id: 'expires',
      header: t('expires'),
      sort: 'expiresAt',
      isNarrow: true,
      render: ({ expiresAt, processing }) => (expiresAt && processing !== 'closed' ? <TimeAgo at={expiresAt} /> : '–'),
    },
    {
      id: 'answer',
      header: t('answer'),
      render: (request) =>
        canApprove(request) ? (
          <Group gap={6}>
            <ApprovalButtons request={request} size="compact-sm" />
          </Group>
        ) : (
          <Group gap={6}>
            <StatusBadge status={request.status} />
            <OwnDecision request={request} viewerId={viewerId} />
          </Group>
        ),
    },
  ]
}
