import { Box } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { DialogSlot } from '../../components/ui/dialog-slot.tsx'
import { ListPage } from '../../components/ui/list-page.tsx'
import { SearchField } from '../../components/ui/search-field.tsx'
import { State } from '../../components/ui/states.tsx'
import { CreateGroupDialog } from '../../features/groups/components/dialogs.ts'
import { GroupsTable } from '../../features/groups/components/groups-table.tsx'
import { readNameSearch } from '../../lib/name-search.ts'

const route = getRouteApi('/admin/groups')

/** User Management > User Groups. */
export function GroupsPage() {
  const { t } = useTranslation('groups')
  const { q, sort, cursor, query, after } = readNameSearch(route.useSearch())
  const navigate = route.useNavigate()
  const [isCreating, setIsCreating] = useState(false)
  const list = $api.useQuery('get', '/user-groups', { params: { query } }, { placeholderData: keepPreviousData })
  const show = (change: Parameters<typeof after>[0]) => void navigate({ search: after(change) })
  return (
    <ListPage
      title={t('title')}
      description={t('intro')}
      createLabel={t('create')}
      onCreate={() => setIsCreating(true)}
      toolbar={
        <Box mb="md">
          <SearchField label={t('search')} q={q} onSearch={(text) => show({ q: text })} />
        </Box>
      }
      list={list}
      cursor={cursor}
      onCursor={(next) => show({ cursor: next })}
      nothing={
        <State icon={q ? 'search' : 'users'} title={t(q ? 'noMatchTitle' : 'emptyTitle')}>
          {t(q ? 'noMatchText' : 'emptyText')}
        </State>
      }
      dialogs={
        <DialogSlot>
          {isCreating && (
            <CreateGroupDialog
              onCreated={(groupId) => void navigate({ to: '/admin/groups/$groupId', params: { groupId } })}
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
