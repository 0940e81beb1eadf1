import { Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RequestSummary } from '../../../api/types.ts'
import { FlowAvatar } from '../../../components/ui/avatar.tsx'
import type { Column } from '../../../components/ui/data-table.types.ts'
import { NameLink } from '../../../components/ui/name-link.tsx'
import { StatusBadge } from '../../../components/ui/request-status.tsx'
import { TimeAgo } from '../../../components/ui/time-ago.tsx'
import { StepDots } from '../../request-card/components/step-dots.tsx'
import { useProgressWords } from '../../request-card/use-progress-words.ts'
import { filtersOf, type QueueSearch } from '../queue-search.ts'
import type { QueueView } from '../use-queue-view.ts'

interface Shown {
  search: QueueSearch
  view: QueueView
  /** There is room for the most important ones only. */
  isNarrow: boolean
}

/** Of the tab Others the progress says the status, too. */
const beside = { administrator: ['flow', 'requester', 'status'], others: ['flow', 'requester', 'progress'] }

/** The columns of a tab, as somebody has chosen them. What says the same in each row, or is of one step, is left out. */
export function useQueueColumns({ search, view, isNarrow }: Shown): Column<RequestSummary>[] {
  const all = useAllColumns(isNarrow)
  const { queue = 'administrator' } = search
  const { approvalType } = filtersOf(search)
  const isSaid = (id: string) =>
    (id === 'type' && approvalType.length === 1) || (id === 'progress' && queue === 'administrator')
  const isRoom = (id: string) => !isNarrow || beside[queue].includes(id)
  return all.filter(({ id }) => !isSaid(id) && isRoom(id) && !view.hidden.includes(id))
}

function useAllColumns(isNarrow: boolean): Column<RequestSummary>[] {
  const { t } = useTranslation('requests')
  const wordsOf = useProgressWords()
  return [
    {
      id: 'received',
      header: t('column.received'),
      sort: 'createdAt',
      isNarrow: true,
      render: ({ createdAt }) => <TimeAgo at={createdAt} />,
    },
    {
      id: 'flow',
      header: t('column.flow'),
      sort: 'flowName',
      isLead: true,
      render: ({ approvalFlow }) => (
        <Group gap="xs" wrap="nowrap">
          <FlowAvatar flow={approvalFlow} size={24} />
          <Text size="sm" fw={600}>
            {approvalFlow.name}
          </Text>
        </Group>
      ),
    },
    {
      id: 'requester',
      header: t('column.requester'),
      sort: 'requesterName',
      render: ({ requester }) => (
        <NameLink kind="user" id={requester.id}>
          {requester.name}
        </NameLink>
      ),
    },
    { id: 'department', header: t('column.department'), render: ({ requester }) => requester.department ?? '–' },
    {
      id: 'type',
      header: t('column.type'),
      isNarrow: true,
      render: ({ approvalType }) => t(`approvalType.${approvalType}`),
    },
    {
      id: 'status',
      header: t('column.status'),
      sort: 'status',
      isNarrow: true,
      render: ({ status }) => <StatusBadge status={status} />,
    },
    {
      id: 'expires',
      header: t('column.expires'),
      sort: 'expiresAt',
      isNarrow: true,
      render: ({ expiresAt }) => (expiresAt ? <TimeAgo at={expiresAt} /> : '–'),
    },
    {
      id: 'progress',
      header: t('column.progress'),
      isNarrow: true,
      render: (request) =>
        isNarrow && request.status !== 'pending' ? (
          <StatusBadge status={request.status} />
        ) : (
          <Group gap={6} wrap="nowrap">
            <StepDots steps={request.progress.steps} />
            <span>{wordsOf(request)}</span>
          </Group>
        ),
    },
  ]
}
