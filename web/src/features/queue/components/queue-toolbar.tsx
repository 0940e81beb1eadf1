import { ActionIcon, Button, Group, Popover, Tooltip } from '@mantine/core'
import { type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { ExportMenu } from '../../../components/ui/export-menu.tsx'
import { Icon } from '../../../components/ui/icon.tsx'
import { SearchField } from '../../../components/ui/search-field.tsx'
import { filtersOf, listQueryOf, type QueueFilters, type QueueSearch } from '../queue-search.ts'
import { FilterPanel } from './dialogs.ts'
import classes from './queue.module.css'
import { ViewMenu } from './view-menu.tsx'

interface QueueToolbarProps {
  search: QueueSearch
  viewerId: string
  onSearch: (q: string) => void
  onFilters: (filters: QueueFilters) => void
  onHelp: () => void
  isFilterOpen: boolean
  setFilterOpen: (isOpen: boolean) => void
  searchRef: Ref<HTMLInputElement>
}

/** Search, Filter, Export and the list of keys. */
export function QueueToolbar({
  search,
  viewerId,
  onSearch,
  onFilters,
  onHelp,
  isFilterOpen,
  setFilterOpen,
  searchRef,
}: QueueToolbarProps) {
  const { t } = useTranslation('requests')
  const filters = filtersOf(search)
  const { limit: _limit, cursor: _cursor, view: _view, ...shown } = listQueryOf(search)
  const active =
    filters.status.length +
    filters.approvalType.length +
    filters.flow.length +
    [
      filters.requester,
      filters.from,
      filters.to,
      filters.period,
      filters.expires,
      filters.department,
      filters.approver,
    ].filter(Boolean).length
  return (
    <Group gap={6} align="center">
      <SearchField
        label={t('queue.search')}
        placeholder={t('queue.searchHint')}
        q={search.q ?? ''}
        onSearch={onSearch}
        fieldRef={searchRef}
      />
      <Popover
        opened={isFilterOpen}
        onChange={setFilterOpen}
        position="bottom-end"
        width="min(640px, calc(100vw - 24px))"
        middlewares={{ flip: true, shift: true, size: { padding: 12 } }}
        trapFocus
        returnFocus
        shadow="md"
      >
        <Popover.Target>
          <Button
            variant="default"
            leftSection={<Icon name="filter" size={16} />}
            onClick={() => setFilterOpen(!isFilterOpen)}
            data-filter-button
          >
            {active > 0 ? t('queue.filterActive', { count: active }) : t('queue.filter')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('queue.filter')} className={classes.filter}>
          <DialogSlot>
            <FilterPanel
              filters={filters}
              onApply={(next) => {
                setFilterOpen(false)
                onFilters(next)
              }}
            />
          </DialogSlot>
        </Popover.Dropdown>
      </Popover>
      <ViewMenu viewerId={viewerId} />
      <ExportMenu path="/access-requests/export" query={shown} />
      <Tooltip label={`${t('queue.keyboard')} (?)`}>
        <ActionIcon size={36} variant="default" aria-label={t('queue.keyboard')} onClick={onHelp} visibleFrom="sm">
          <Icon name="keyboard" />
        </ActionIcon>
      </Tooltip>
    </Group>
  )
}
