import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessRequest, QueueName } from '../../../api/types.ts'
import { DataTable } from '../../../components/ui/data-table.tsx'
import { Loading } from '../../../components/ui/states.tsx'
import { usePreload } from '../../../lib/late.ts'
import { canDecide } from '../use-selection.ts'
import { RowDetails } from './dialogs.ts'
import { useQueueColumns } from './queue-columns.tsx'
import type { DecisionAction } from './request-details.tsx'
import { RowMenu } from './row-menu.tsx'

interface QueueTableProps {
  queue: QueueName
  requests: AccessRequest[]
  /** Other rows are being read: these can be looked at, no more. */
  isOld: boolean
  viewerId: string
  sort: string
  onSort: (sort: string) => void
  selectedIds: ReadonlySet<string>
  onSelect: (ids: Set<string>) => void
  openIds: ReadonlySet<string>
  onToggle: (id: string) => void
  currentId: string | undefined
  onCurrent: (id: string) => void
  onDecide: (action: DecisionAction, request: AccessRequest) => void
}

/** The requests of a tab, each with its details below it on demand. */
export function QueueTable(props: QueueTableProps) {
  const { t } = useTranslation('requests')
  const columns = useQueueColumns(props.queue)
  usePreload(RowDetails, props.openIds.size > 0)
  const wordsOf = ({ requester, approvalFlow }: AccessRequest) => ({ name: requester.name, flow: approvalFlow.name })
  return (
    <DataTable
      label={t('queue.table')}
      rows={props.requests}
      isOld={props.isOld}
      columns={columns}
      sort={props.sort}
      onSort={props.onSort}
      selection={{
        ids: props.selectedIds,
        onChange: props.onSelect,
        label: (request) => t('queue.select', wordsOf(request)),
        labelAll: t('queue.selectAll'),
        canSelect: canDecide,
      }}
      expansion={{
        ids: props.openIds,
        onToggle: props.onToggle,
        header: t('details.title'),
        label: (request) => t('queue.expand', wordsOf(request)),
        render: (request) => (
          <Suspense fallback={<Loading />}>
            <RowDetails request={request} viewerId={props.viewerId} onDecide={props.onDecide} />
          </Suspense>
        ),
      }}
      actions={{
        label: t('queue.actionsColumn'),
        render: (request) => <RowMenu request={request} onDecide={props.onDecide} />,
      }}
      currentId={props.currentId}
      onCurrent={props.onCurrent}
    />
  )
}
