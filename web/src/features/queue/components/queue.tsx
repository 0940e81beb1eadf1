import { Box, Stack } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { FreshBanner } from '../../../components/ui/fresh-banner.tsx'
import { readAgain } from '../../../components/ui/paged-list.tsx'
import { Pager } from '../../../components/ui/pager.tsx'
import { useLiveQueue } from '../api/use-live-queue.ts'
import { useQueueCounts, useQueuePage } from '../api/use-queue.ts'
import { filtersOf, noFilters } from '../queue-search.ts'
import { useCurrentRow } from '../use-current-row.ts'
import { useQueueAddress } from '../use-queue-address.ts'
import { useSelection } from '../use-selection.ts'
import { useShortcuts } from '../use-shortcuts.ts'
import { BulkBar } from './bulk-bar.tsx'
import { FilterChips } from './filter-chips.tsx'
import { MissingBanner } from './missing-banner.tsx'
import classes from './queue.module.css'
import { type OpenDialog, QueueDialogs } from './queue-dialogs.tsx'
import { QueueNothing } from './queue-empty.tsx'
import { QueueTable } from './queue-table.tsx'
import { QueueTabs } from './queue-tabs.tsx'
import { QueueToolbar } from './queue-toolbar.tsx'
import { SelectMatching } from './select-matching.tsx'

const noRequests: AccessRequest[] = []

/** The Requests Queue: both tabs, filters, table, details and decisions. */
export function Queue({ viewerId }: { viewerId: string }) {
  const { t } = useTranslation('requests')
  const address = useQueueAddress()
  const { search } = address
  const queue = search.queue ?? 'administrator'
  const { data, error, refetch, isPlaceholderData } = useQueuePage(search)
  const counts = useQueueCounts(search)
  const live = useLiveQueue(search, isPlaceholderData ? undefined : data?.items)
  const requests = data?.items ?? noRequests
  const [dialog, setDialog] = useState<OpenDialog>()
  const [isFilterOpen, setFilterOpen] = useState(false)
  const searchField = useRef<HTMLInputElement>(null)
  const row = useCurrentRow(requests)
  const selection = useSelection(search, requests)
  const { current } = row

  function decide(kind: 'grant' | 'deny', request: AccessRequest | undefined): void {
    if (request?.abilities[kind] && !isPlaceholderData) setDialog({ kind, request })
  }

  useShortcuts({
    search: () => searchField.current?.focus(),
    filter: () => setFilterOpen(true),
    next: () => row.move(1),
    previous: () => row.move(-1),
    select: () => selection.toggle(current),
    open: () => current && address.toggleOpen(current.id),
    grant: () => decide('grant', current),
    deny: () => decide('deny', current),
    help: () => setDialog({ kind: 'help' }),
  })

  return (
    <>
      <MissingBanner
        count={counts?.missingData}
        search={search}
        onView={(tab) => address.show({ ...noFilters, status: ['missing_data'] }, tab)}
      />
      <QueueTabs queue={queue} counts={counts} onChange={address.setQueue}>
        <Stack gap="sm" mb="md">
          <QueueToolbar
            search={search}
            onSearch={address.setText}
            onFilters={address.setFilters}
            onHelp={() => setDialog({ kind: 'help' })}
            isFilterOpen={isFilterOpen}
            setFilterOpen={setFilterOpen}
            searchRef={searchField}
          />
          <FilterChips filters={filtersOf(search)} onChange={address.setFilters} />
        </Stack>
        <FreshBanner count={live.freshCount} onShow={live.showFresh} />
        <QueueNothing
          search={search}
          count={data?.items.length}
          error={error}
          onRetry={() => readAgain({ error, cursor: search.cursor, onCursor: address.setCursor, refetch })}
          onShowAll={() => address.show(noFilters, queue)}
        />
        {requests.length > 0 && (
          <Box className={isPlaceholderData ? classes.waiting : undefined} aria-busy={isPlaceholderData}>
            <QueueTable
              list={{ requests, isOld: isPlaceholderData, viewerId }}
              state={{ address, selection, row }}
              onDecide={decide}
            />
            <BulkBar
              selected={selection.requests}
              shown={requests}
              onDecide={(action) => setDialog({ kind: 'bulk', action, requests: selection.requests })}
              onClear={() => selection.set([])}
            >
              <SelectMatching
                search={search}
                selected={selection.requests.length}
                isWholePage={selection.isWholePage}
                onFound={selection.replace}
              />
            </BulkBar>
            <Pager
              cursor={search.cursor}
              nextCursor={data?.nextCursor ?? null}
              onChange={address.setCursor}
              summary={counts && t('queue.shown', { count: counts[queue] })}
            />
          </Box>
        )}
      </QueueTabs>
      <QueueDialogs dialog={dialog} onClose={() => setDialog(undefined)} onBulkDone={selection.drop} />
    </>
  )
}
