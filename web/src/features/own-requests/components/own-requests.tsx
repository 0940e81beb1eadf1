import { Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { FlowAvatar } from '../../../components/ui/avatar.tsx'
import { DataTable } from '../../../components/ui/data-table.tsx'
import type { Column } from '../../../components/ui/data-table.types.ts'
import { AnchorLink } from '../../../components/ui/link.tsx'
import { StatusBadge } from '../../../components/ui/request-status.tsx'
import { TimeAgo } from '../../../components/ui/time-ago.tsx'
import { useProgressWords } from '../../request-card/use-progress-words.ts'
import { OwnOutcome } from './own-outcome.tsx'
import { WithdrawButton } from './withdraw-button.tsx'

function useColumns(requests: AccessRequest[]): Column<AccessRequest>[] {
  const { t } = useTranslation('asking')
  const wordsOf = useProgressWords()
  const columns: Column<AccessRequest>[] = [
    {
      id: 'flow',
      header: t('flow'),
      isLead: true,
      render: ({ id, approvalFlow }) => (
        <Group gap="xs" wrap="nowrap">
          <FlowAvatar flow={approvalFlow} />
          <AnchorLink to="/portal/requests/$requestId" params={{ requestId: id }} fw={600} size="sm">
            {approvalFlow.name}
          </AnchorLink>
        </Group>
      ),
    },
    { id: 'status', header: t('status'), isNarrow: true, render: ({ status }) => <StatusBadge status={status} /> },
    {
      id: 'progress',
      header: t('progress'),
      isNarrow: true,
      render: wordsOf,
    },
    { id: 'asked', header: t('asked'), isNarrow: true, render: ({ createdAt }) => <TimeAgo at={createdAt} /> },
    { id: 'outcome', header: t('outcome'), render: (request) => <OwnOutcome request={request} /> },
  ]
  // Where progress is not exposed there is nothing to show of it.
  return requests.some(({ progress }) => progress.total > 0) ? columns : columns.filter(({ id }) => id !== 'progress')
}

/** My requests, the newest first. */
export function OwnRequests({ requests }: { requests: AccessRequest[] }) {
  const { t } = useTranslation('asking')
  return (
    <DataTable
      label={t('mineTitle')}
      rows={requests}
      columns={useColumns(requests)}
      actions={{ label: t('actions'), render: (request) => <WithdrawButton request={request} size="xs" /> }}
    />
  )
}
