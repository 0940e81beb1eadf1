import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { DataTable } from '../../../components/ui/data-table.tsx'
import { Loading } from '../../../components/ui/states.tsx'
import { usePreload } from '../../../lib/lazy.ts'
import { defaultSort } from '../queue-search.ts'
import type { useCurrentRow } from '../use-current-row.ts'
import type { useQueueAddress } from '../use-queue-address.ts'
import { canDecide, type useSelection } from '../use-selection.ts'
import { RowDetails } from './dialogs.ts'
import { useQueueColumns } from './queue-columns.tsx'
import type { DecisionAction } from './request-details.tsx'
import { RowMenu } from './row-menu.tsx'

interface QueueTableProps {
  list: {
    requests: AccessRequest[]
    /** Other rows are being read: these can be looked at, no more. */
    isOld: boolean
    viewerId: string
  }
  /** What is sorted, open, selected and current, and the ways to change it. */
  state: {
    address: ReturnType<typeof useQueueAddress>
    selection: Pick<ReturnType<typeof useSelection>, 'ids' | 'set'>
    row: Pick<ReturnType<typeof useCurrentRow>, 'currentId' | 'setCurrentId'>
  }
  onDecide: (action: DecisionAction, request: AccessRequest) => void
}

/** The requests of a tab, each with its details below it on demand. */
export function QueueTable({ list, state, onDecide }: QueueTableProps) {
  const { t } = useTranslation('requests')
  const { search, openIds, setSort, toggleOpen } = state.address
  const columns = useQueueColumns(search.queue ?? 'administrator')
  usePreload(RowDetails, openIds.size > 0)
  const wordsOf = ({ requester, approvalFlow }: AccessRequest) => ({ name: requester.name, flow: approvalFlow.name })
  return (
    <DataTable
      label={t('queue.table')}
      rows={list.requests}
      isOld={list.isOld}
      columns={columns}
      sort={search.sort ?? defaultSort}
      onSort={setSort}
      selection={{
        ids: state.selection.ids,
        onChange: state.selection.set,
        label: (request) => t('queue.select', wordsOf(request)),
        labelAll: t('queue.selectAll'),
        canSelect: canDecide,
      }}
      expansion={{
        ids: openIds,
        onToggle: toggleOpen,
        header: t('details.title'),
        label: (request) => t('queue.expand', wordsOf(request)),
        render: (request) => (
          <Suspense fallback={<Loading />}>
            <RowDetails request={request} viewerId={list.viewerId} onDecide={onDecide} />
          </Suspense>
        ),
      }}
      actions={{
        label: t('queue.actionsColumn'),
        render: (request) => <RowMenu request={request} onDecide={onDecide} />,
      }}
      currentId={state.row.currentId}
      onCurrent={state.row.setCurrentId}
    />
  )
}
