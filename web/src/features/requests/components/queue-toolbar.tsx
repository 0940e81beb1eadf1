import { ActionIcon, Button, CloseButton, Group, Menu, Popover, TextInput, Tooltip } from '@mantine/core'
import { type Ref, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { apiBase, querySerializer } from '../../../api/client.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { filtersOf, listQueryOf, type QueueFilters, type QueueSearch } from '../queue-search.ts'
import { FilterPanel } from './dialogs.ts'

interface QueueToolbarProps {
  search: QueueSearch
  onSearch: (q: string) => void
  onFilters: (filters: QueueFilters) => void
  onHelp: () => void
  isFilterOpen: boolean
  setFilterOpen: (isOpen: boolean) => void
  searchRef: Ref<HTMLInputElement>
}

const typingPauseMs = 300

/** Search, Filter, Export and the list of keys. */
export function QueueToolbar({
  search,
  onSearch,
  onFilters,
  onHelp,
  isFilterOpen,
  setFilterOpen,
  searchRef,
}: QueueToolbarProps) {
  const { t } = useTranslation(['requests', 'common'])
  const filters = filtersOf(search)
  const active =
    filters.status.length +
    filters.approvalType.length +
    [filters.requester, filters.from, filters.to].filter(Boolean).length
  return (
    <Group gap="xs" align="center">
      <SearchField q={search.q ?? ''} onSearch={onSearch} fieldRef={searchRef} />
      <Popover
        opened={isFilterOpen}
        onChange={setFilterOpen}
        position="bottom-end"
        width={350}
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
        <Popover.Dropdown aria-label={t('queue.filter')}>
          <Suspense>
            <FilterPanel
              filters={filters}
              onApply={(next) => {
                setFilterOpen(false)
                onFilters(next)
              }}
            />
          </Suspense>
        </Popover.Dropdown>
      </Popover>
      <ExportMenu search={search} />
      <Tooltip label={`${t('queue.keyboard')} (?)`}>
        <ActionIcon size={36} variant="default" aria-label={t('queue.keyboard')} onClick={onHelp} visibleFrom="sm">
          <Icon name="keyboard" />
        </ActionIcon>
      </Tooltip>
    </Group>
  )
}

function SearchField({
  q,
  onSearch,
  fieldRef,
}: {
  q: string
  onSearch: (q: string) => void
  fieldRef: Ref<HTMLInputElement>
}) {
  const { t } = useTranslation(['requests', 'common'])
  const [text, setText] = useState(q)
  const [sent, setSent] = useState(q)
  // The address changed by other means than typing: Back, or a reset of the filters.
  if (q !== sent) {
    setSent(q)
    setText(q)
  }
  useEffect(() => {
    if (text.trim() === sent) return
    const timer = setTimeout(() => {
      setSent(text.trim())
      onSearch(text.trim())
    }, typingPauseMs)
    return () => clearTimeout(timer)
  }, [text, sent, onSearch])

  return (
    <TextInput
      ref={fieldRef}
      type="search"
      flex="1 1 220px"
      aria-label={t('queue.search')}
      placeholder={t('queue.searchHint')}
      leftSection={<Icon name="search" size={16} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      rightSection={
        text && <CloseButton size="sm" aria-label={t('common:action.clearSearch')} onClick={() => setText('')} />
      }
    />
  )
}

function ExportMenu({ search }: { search: QueueSearch }) {
  const { t } = useTranslation(['requests', 'common'])
  const { limit: _limit, cursor: _cursor, ...shown } = listQueryOf(search)
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="download" size={16} />}>
          {t('queue.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['json', 'csv'] as const).map((format) => (
          <Menu.Item
            key={format}
            component="a"
            href={`${apiBase}/access-requests/export?${querySerializer({ ...shown, format })}`}
            download
          >
            {format.toUpperCase()}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
