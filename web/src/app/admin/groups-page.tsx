import { Box, Button } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { Icon } from '../../components/ui/icon.tsx'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { PagedList } from '../../components/ui/paged-list.tsx'
import { SearchField } from '../../components/ui/search-field.tsx'
import { State } from '../../components/ui/states.tsx'
import { CreateGroupDialog } from '../../features/groups/components/dialogs.ts'
import { GroupsTable } from '../../features/groups/components/groups-table.tsx'
import { nameSortOf } from '../../lib/name-sort.ts'
import { textsOf } from '../../lib/search-text.ts'

const route = getRouteApi('/admin/groups')

/** User Management > User Groups. */
export function GroupsPage() {
  const { t } = useTranslation('groups')
  const search = route.useSearch()
  const { q = '', cursor } = search
  const sort = nameSortOf(search.sort)
  const navigate = route.useNavigate()
  const [isCreating, setIsCreating] = useState(false)
  const list = $api.useQuery(
    'get',
    '/user-groups',
    { params: { query: { limit: 20, sort, ...(q && { q }), ...(cursor && { cursor }) } } },
    { placeholderData: keepPreviousData },
  )
  const show = (change: Record<string, string | undefined>) =>
    void navigate({ search: textsOf({ q, sort: search.sort, ...change }, 'q', 'sort', 'cursor') })
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('intro')}
        actions={
          <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setIsCreating(true)}>
            {t('create')}
          </Button>
        }
      />
      <Box mb="md">
        <SearchField label={t('search')} q={q} onSearch={(text) => show({ q: text })} />
      </Box>
      <PagedList
        list={list}
        cursor={cursor}
        onCursor={(next) => show({ cursor: next })}
        nothing={
          <State icon={q ? 'search' : 'users'} title={t(q ? 'noMatchTitle' : 'emptyTitle')}>
            {t(q ? 'noMatchText' : 'emptyText')}
          </State>
        }
      >
        {(items) => <GroupsTable groups={items} sort={sort} onSort={(next) => show({ sort: next })} />}
      </PagedList>
      <Suspense>
        {isCreating && (
          <CreateGroupDialog
            onCreated={(groupId) => void navigate({ to: '/admin/groups/$groupId', params: { groupId } })}
            onClose={() => setIsCreating(false)}
          />
        )}
      </Suspense>
    </>
  )
}
