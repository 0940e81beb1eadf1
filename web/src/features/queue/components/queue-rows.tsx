import { Box } from '@mantine/core'
import type { QueueCounts, RequestSummary } from '../../../api/types.ts'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { Pager } from '../../../components/ui/pager.tsx'
import type { useCurrentRow } from '../../request-card/use-current-row.ts'
import type { useOpenRequest } from '../../request-card/use-open-request.ts'
import type { useSelection } from '../../request-card/use-selection.ts'
import { pageSizes } from '../queue-search.ts'
import type { useQueueAddress } from '../use-queue-address.ts'
import { SelectedBar } from './dialogs.ts'
import classes from './queue.module.css'
import { QueueTable } from './queue-table.tsx'
import type { DecisionAction } from './request-details.tsx'

interface QueueRowsProps {
  list: {
    data: { items: RequestSummary[]; nextCursor: string | null }
    /** Other rows are being read. */
    isOld: boolean
    counts: QueueCounts | undefined
    viewerId: string
  }
  state: {
    address: ReturnType<typeof useQueueAddress>
    selection: ReturnType<typeof useSelection<RequestSummary>>
    row: ReturnType<typeof useCurrentRow>
    opened: ReturnType<typeof useOpenRequest>
  }
  onDecide: (action: DecisionAction, request: RequestSummary) => void
  onDecideMany: (action: DecisionAction) => void
}

/** One page of a tab: its rows, what can be done with those selected, and the way to the other pages. */
export function QueueRows({ list, state, onDecide, onDecideMany }: QueueRowsProps) {
  const { data, isOld, counts, viewerId } = list
  const { address, selection, opened } = state
  const { search } = address
  return (
    <Box className={isOld ? classes.waiting : undefined} aria-busy={isOld}>
      <QueueTable
        list={{ requests: data.items, isOld, viewerId, isBeside: opened.isBeside, isNarrow: opened.isNarrow }}
        state={state}
        onToggle={opened.toggle}
        onDecide={onDecide}
      />
      {selection.requests.length > 0 && (
        <DialogSlot>
          <SelectedBar shown={data.items} search={search} selection={selection} onDecide={onDecideMany} />
        </DialogSlot>
      )}
      <Pager
        cursor={search.cursor}
        nextCursor={data.nextCursor}
        onChange={address.setCursor}
        shown={{ count: data.items.length, total: counts?.[search.queue ?? 'administrator'], isMore: counts?.isCapped }}
        size={{ value: search.limit ?? pageSizes[0], choices: pageSizes, onChange: address.setPageSize }}
      />
    </Box>
  )
}
