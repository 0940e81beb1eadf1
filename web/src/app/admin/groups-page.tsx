import { Button } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { DialogSlot } from '../../components/ui/dialog-slot.tsx'
import { ListPage } from '../../components/ui/list-page.tsx'
import { SearchToolbar } from '../../components/ui/search-toolbar.tsx'
import { State } from '../../components/ui/states.tsx'
import { CreateGroupDialog } from '../../features/groups/components/dialogs.ts'
import { GroupsTable } from '../../features/groups/components/groups-table.tsx'
import { readNameSearch } from '../../lib/name-search.ts'
import { useCreating } from '../../lib/use-creating.ts'

const route = getRouteApi('/admin/groups')

/** User Management > User Groups. */
export function GroupsPage() {
  const { t } = useTranslation('groups')
  const search = route.useSearch()
  const { q, sort, cursor, query, after } = readNameSearch(search)
  const isArchive = search.state === 'archived'
  const navigate = route.useNavigate()
  const [isCreating, setIsCreating] = useCreating(search.create)
  const list = $api.useQuery(
    'get',
    '/user-groups',
    { params: { query: { ...query, ...(isArchive && { state: 'archived' }) } } },
    { placeholderData: keepPreviousData },
  )
  const archive = isArchive ? { state: 'archived' } : {}
  const show = (change: Parameters<typeof after>[0]) => void navigate({ search: { ...archive, ...after(change) } })
  return (
    <ListPage
      title={t('title')}
      description={t('intro')}
      createLabel={t('create')}
      onCreate={() => setIsCreating(true)}
      toolbar={
        <SearchToolbar
          label={t('search')}
          q={q}
          onSearch={(text) => show({ q: text })}
          choice={{
            label: t('which.label'),
            value: isArchive ? 'archived' : 'active',
            data: (['active', 'archived'] as const).map((value) => ({ value, label: t(`which.${value}`) })),
            onChange: (value) =>
              void navigate({ search: { ...after({}), ...(value === 'archived' && { state: value }) } }),
          }}
        />
      }
      list={list}
      cursor={cursor}
      onCursor={(next) => show({ cursor: next })}
      nothing={
        <State
          icon={q ? 'search' : 'users'}
          title={t(q ? 'noMatchTitle' : isArchive ? 'noArchiveTitle' : 'emptyTitle')}
          action={!q && !isArchive && <Button onClick={() => setIsCreating(true)}>{t('create')}</Button>}
        >
          {t(q ? 'noMatchText' : isArchive ? 'noArchiveText' : 'emptyText')}
        </State>
      }
      dialogs={
        <DialogSlot>
          {isCreating && (
            <CreateGroupDialog
              name=""
              onMade={({ id }) => void navigate({ to: '/admin/groups/$groupId', params: { groupId: id } })}
              onClose={() => setIsCreating(false)}
            />
          )}
        </DialogSlot>
      }
    >
      {(items) => <GroupsTable groups={items} sort={sort} onSort={(next) => show({ sort: next })} />}
    </ListPage>
  )
}
