import { Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AccessRequest, QueueName } from '../../../api/types.ts'
import { FlowAvatar, PersonAvatar } from '../../../components/ui/avatar.tsx'
import type { Column } from '../../../components/ui/data-table.types.ts'
import { StatusBadge } from '../../../components/ui/request-status.tsx'
import { TimeAgo } from '../../../components/ui/time-ago.tsx'
import { useProgressWords } from '../../request-card/use-progress-words.ts'

/** The columns of a tab; who has to decide is counted only where several decide. */
export function useQueueColumns(queue: QueueName): Column<AccessRequest>[] {
  const { t } = useTranslation('requests')
  const wordsOf = useProgressWords()
  const columns: Column<AccessRequest>[] = [
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
          <FlowAvatar flow={approvalFlow} />
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
        <Group gap="xs" wrap="nowrap">
          <PersonAvatar name={requester.name} size={24} />
          <span>{requester.name}</span>
        </Group>
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
  ]
  if (queue === 'administrator') return columns
  return [
    ...columns,
    {
      id: 'progress',
      header: t('column.progress'),
      render: wordsOf,
    },
  ]
}
