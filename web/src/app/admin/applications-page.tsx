import { Box, Button } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { DialogSlot } from '../../components/ui/dialog-slot.tsx'
import { ListPage } from '../../components/ui/list-page.tsx'
import { SearchField } from '../../components/ui/search-field.tsx'
import { State } from '../../components/ui/states.tsx'
import { ApplicationsTable } from '../../features/applications/components/applications-table.tsx'
import { CreateApplicationDialog } from '../../features/applications/components/dialogs.ts'
import { readNameSearch } from '../../lib/name-search.ts'
import { useCreating } from '../../lib/use-creating.ts'

const route = getRouteApi('/admin/applications')

/** User Management > Applications. */
export function ApplicationsPage() {
  const { t } = useTranslation('applications')
  const { create, ...search } = route.useSearch()
  const { q, sort, cursor, query, after } = readNameSearch(search)
  const navigate = route.useNavigate()
  const [isCreating, setIsCreating] = useCreating(create)
  const list = $api.useQuery('get', '/applications', { params: { query } }, { placeholderData: keepPreviousData })
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
        <State
          icon={q ? 'search' : 'apps'}
          title={t(q ? 'noMatchTitle' : 'emptyTitle')}
          action={!q && <Button onClick={() => setIsCreating(true)}>{t('create')}</Button>}
        >
          {t(q ? 'noMatchText' : 'emptyText')}
        </State>
      }
      dialogs={
        <DialogSlot>
          {isCreating && <CreateApplicationDialog name="" onMade={() => {}} onClose={() => setIsCreating(false)} />}
        </DialogSlot>
      }
    >
      {(items) => <ApplicationsTable applications={items} sort={sort} onSort={(next) => show({ sort: next })} />}
    </ListPage>
  )
}
