import { Stack } from '@mantine/core'
import { type ReactNode, useRef, useState } from 'react'
import { toProblem } from '../../../api/problem.ts'
import type { RequestSummary } from '../../../api/types.ts'
import { FreshBanner } from '../../../components/ui/fresh-banner.tsx'
import { readAgain } from '../../../components/ui/paged-list.tsx'
import { Loading } from '../../../components/ui/states.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useProblemText } from '../../../lib/use-problem-text.ts'
import panel from '../../request-card/components/panel.module.css'
import { useBulkDone } from '../../request-card/use-bulk-done.ts'
import { useCurrentRow } from '../../request-card/use-current-row.ts'
import { useOpenRequest } from '../../request-card/use-open-request.ts'
import { useSelection } from '../../request-card/use-selection.ts'
import { useLiveQueue } from '../api/use-live-queue.ts'
import { useMissingGroups } from '../api/use-missing-groups.ts'
import { useQueueCounts, useQueuePage, useReadWhole } from '../api/use-queue.ts'
import { canDecide } from '../can-decide.ts'
import { filterQueryOf, filtersOf, noFilters } from '../queue-search.ts'
import { useQueueAddress } from '../use-queue-address.ts'
import { useShortcuts } from '../use-shortcuts.ts'
import { FilterChips } from './filter-chips.tsx'
import { MissingBanner } from './missing-banner.tsx'
import { type OpenDialog, QueueDialogs } from './queue-dialogs.tsx'
import { QueueNothing } from './queue-nothing.tsx'
import { QueueRows } from './queue-rows.tsx'
import { QueueTabs } from './queue-tabs.tsx'
import { QueueToolbar } from './queue-toolbar.tsx'
import { QuickViews } from './quick-views.tsx'
import type { DecisionAction } from './request-details.tsx'
import { SidePanel } from './side-panel.tsx'

const noRequests: RequestSummary[] = []

interface QueueProps {
  viewerId: string
  /** Title of the page; the open request stands beside it, too. */
  header: ReactNode
}

/** True from the first time on. */
function useOnceTrue(isTrue: boolean): boolean {
  const [wasTrue, setWasTrue] = useState(isTrue)
  if (isTrue && !wasTrue) setWasTrue(true)
  return isTrue || wasTrue
}

/** The Requests Queue: both tabs, filters, table, details and decisions. */
export function Queue({ viewerId, header }: QueueProps) {
  const address = useQueueAddress()
  const { search } = address
  const queue = search.queue ?? 'administrator'
  const { data, error, refetch, isPlaceholderData } = useQueuePage(search)
  const { counts, isCounted } = useQueueCounts(search)
  const groups = useMissingGroups(counts?.missingData ?? 0)
  // The banner above everything is there first, or nothing is: nothing moves down when it comes, and nothing goes away again.
  const isReady = useOnceTrue(isCounted && groups !== undefined)
  const live = useLiveQueue(search, isPlaceholderData ? undefined : data?.items)
  const requests = data?.items ?? noRequests
  const [dialog, setDialog] = useState<OpenDialog>()
  const [isFilterOpen, setFilterOpen] = useState(false)
  const searchField = useRef<HTMLInputElement>(null)
  const row = useCurrentRow(requests, address.openId)
  const selection = useSelection({
    list: [search.queue ?? 'administrator', filterQueryOf(search)],
    shown: requests,
    canSelect: canDecide,
  })
  const { current } = row
  const opened = useOpenRequest({ address, row, requests, canDecide })
  const bulkDone = useBulkDone({ isOpen: dialog !== undefined, drop: selection.drop })
  const readWhole = useReadWhole()
  const textOf = useProblemText()

  async function decide(kind: 'grant' | 'deny', shown: RequestSummary | undefined): Promise<void> {
    if (!shown?.abilities[kind] || isPlaceholderData) return
    try {
      setDialog({ kind, request: await readWhole(shown) })
    } catch (error) {
      showToast('failure', textOf(toProblem(error)))
    }
  }

  /** What the keys are about. */
  const target = () => (opened.holdsFocus() ? opened.request : current)

  useShortcuts({
    search: () => searchField.current?.focus(),
    filter: () => setFilterOpen(true),
    next: () => opened.walk(1),
    previous: () => opened.walk(-1),
    select: () => selection.toggle(target()),
    open: () => current && opened.toggle(current.id, true),
    close: opened.close,
    grant: () => void decide('grant', target()),
    deny: () => void decide('deny', target()),
    help: () => setDialog({ kind: 'help' }),
  })

  const onDecide = (action: DecisionAction, request: RequestSummary) => void decide(action, request)

  if (!isReady)
    return (
      <>
        {header}
        <Loading />
      </>
    )
  return (
    <div
      className={panel.split}
      data-split={opened.isBeside && opened.id !== undefined}
      inert={dialog?.kind === 'bulk'}
    >
      <div className={panel.list}>
        {header}
        <MissingBanner
          count={counts?.missingData}
          groups={groups ?? []}
          search={search}
          onView={(tab, requester = '') => address.show({ ...noFilters, status: ['missing_data'], requester }, tab)}
        />
        <QueueTabs queue={queue} counts={counts} onChange={address.setQueue}>
          <Stack gap="sm" mb="md">
            <QueueToolbar
              search={search}
              viewerId={viewerId}
              onSearch={address.setText}
              onFilters={address.setFilters}
              onHelp={() => setDialog({ kind: 'help' })}
              isFilterOpen={isFilterOpen}
              setFilterOpen={setFilterOpen}
              searchRef={searchField}
            />
            <QuickViews search={search} viewerId={viewerId} onView={address.setView} />
            <FilterChips filters={filtersOf(search)} onChange={address.setFilters} />
          </Stack>
          <FreshBanner count={live.freshCount} onShow={live.showFresh} />
          <QueueNothing
            search={search}
            count={data?.items.length}
            error={error}
            onRetry={() => readAgain({ error, cursor: search.cursor, onCursor: address.setCursor, refetch })}
            onShowAll={() => address.setFilters(noFilters)}
            onClearSearch={() => address.setText('')}
          />
          {data && requests.length > 0 && (
            <QueueRows
              list={{ data, isOld: isPlaceholderData, counts, viewerId }}
              state={{ address, selection, row, opened }}
              onDecide={onDecide}
              onDecideMany={(action) => setDialog({ kind: 'bulk', action, requests: selection.requests })}
            />
          )}
        </QueueTabs>
      </div>
      {opened.isBeside && opened.id && (
        <SidePanel opened={opened} id={opened.id} viewerId={viewerId} onDecide={onDecide} />
      )}
      <QueueDialogs
        dialog={dialog}
        viewerId={viewerId}
        onClose={() => setDialog(undefined)}
        onBulkDone={bulkDone}
        onDecided={(id) => opened.isBeside && opened.goOn(id)}
      />
    </div>
  )
}
