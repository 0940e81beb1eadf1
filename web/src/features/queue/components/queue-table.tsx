import { useTranslation } from 'react-i18next'
import type { RequestSummary } from '../../../api/types.ts'
import { DataTable } from '../../../components/ui/data-table.tsx'
import { usePreload } from '../../../lib/lazy.ts'
import type { useCurrentRow } from '../../request-card/use-current-row.ts'
import type { useSelection } from '../../request-card/use-selection.ts'
import { usePrefetch } from '../api/use-queue.ts'
import { canDecide } from '../can-decide.ts'
import { defaultSort } from '../queue-search.ts'
import type { useQueueAddress } from '../use-queue-address.ts'
import { useQueueView } from '../use-queue-view.ts'
import { RequestPanel, RowDetails } from './dialogs.ts'
import { OpenRow } from './open-row.tsx'
import { useQueueColumns } from './queue-columns.tsx'
import type { DecisionAction } from './request-details.tsx'
import { RowMenu } from './row-menu.tsx'
import { SecondLine } from './second-line.tsx'

interface QueueTableProps {
  list: {
    requests: RequestSummary[]
    /** Other rows are being read: these can be looked at, no more. */
    isOld: boolean
    viewerId: string
    /** The open request is shown beside the list, which leaves less room for it. */
    isBeside: boolean
    isNarrow: boolean
  }
  /** What is sorted, open, selected and current, and the ways to change it. */
  state: {
    address: ReturnType<typeof useQueueAddress>
    selection: Pick<ReturnType<typeof useSelection<RequestSummary>>, 'ids' | 'set'>
    row: Pick<ReturnType<typeof useCurrentRow>, 'currentId' | 'setCurrentId'>
  }
  onToggle: (id: string, isByKey: boolean) => void
  onDecide: (action: DecisionAction, request: RequestSummary) => void
}

/** The requests of a tab, each with its details below it on demand. */
export function QueueTable({ list, state, onToggle, onDecide }: QueueTableProps) {
  const { t } = useTranslation('requests')
  const { search, openId, setSort } = state.address
  const prefetch = usePrefetch()
  const { view } = useQueueView(list.viewerId)
  const columns = useQueueColumns({ search, view, isNarrow: list.isNarrow })
  const hasReason = !view.hidden.includes('reason')
  usePreload(list.isBeside ? RequestPanel : RowDetails, openId !== undefined)
  const wordsOf = ({ requester, approvalFlow }: RequestSummary) => ({ name: requester.name, flow: approvalFlow.name })
  return (
    <DataTable
      label={t('queue.table')}
      rows={list.requests}
      isOld={list.isOld}
      columns={columns}
      isCompact={view.isCompact}
      second={
        hasReason || search.queue === 'others'
          ? (request) => <SecondLine request={request} hasReason={hasReason} />
          : undefined
      }
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
        ids: new Set(openId ? [openId] : []),
        onToggle,
        header: t('details.title'),
        label: (request) => t('queue.expand', wordsOf(request)),
        onPoint: prefetch,
        render: list.isBeside
          ? undefined
          : (request) => <OpenRow row={request} viewerId={list.viewerId} onDecide={onDecide} />,
      }}
      actions={{
        label: t('queue.actionsColumn'),
        render: (request) => <RowMenu request={request} onDecide={onDecide} onOpen={() => prefetch(request.id)} />,
      }}
      currentId={state.row.currentId}
      onCurrent={state.row.setCurrentId}
    />
  )
}
