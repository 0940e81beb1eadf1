import { Button } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { DialogSlot } from '../../components/ui/dialog-slot.tsx'
import { ButtonLink } from '../../components/ui/link.tsx'
import { ListPage } from '../../components/ui/list-page.tsx'
import { State } from '../../components/ui/states.tsx'
import { WaitingChanges } from '../../features/changes/components/waiting-changes.tsx'
import { CreateUserDialog } from '../../features/users/components/dialogs.ts'
import { UsersTable } from '../../features/users/components/users-table.tsx'
import { UsersToolbar } from '../../features/users/components/users-toolbar.tsx'
import { userStates } from '../../features/users/user-types.ts'
import { textsOf } from '../../lib/search-text.ts'
import { useCreating } from '../../lib/use-creating.ts'

const route = getRouteApi('/admin/users')

/** User Management > Users. */
export function UsersPage() {
  const { t } = useTranslation('users')
  const { q = '', cursor, ...search } = route.useSearch()
  const navigate = route.useNavigate()
  const [isCreating, setIsCreating] = useCreating(search.create)
  const state = userStates.find((each) => each === search.state)
  const list = $api.useQuery(
    'get',
    '/users',
    { params: { query: { limit: 20, ...(q && { q }), ...(state && { state }), ...(cursor && { cursor }) } } },
    { placeholderData: keepPreviousData },
  )
  const show = (change: Record<string, string | undefined>) =>
    void navigate({ search: textsOf({ q, state, ...change }, 'q', 'state', 'cursor') })
  return (
    <ListPage
      title={t('title')}
      createLabel={t('create')}
      onCreate={() => setIsCreating(true)}
      moreActions={
        <ButtonLink variant="default" to="/admin/users/import">
          {t('import')}
        </ButtonLink>
      }
      toolbar={
        <>
          <WaitingChanges />
          <UsersToolbar q={q} state={state ?? ''} onChange={show} />
        </>
      }
      list={list}
      cursor={cursor}
      onCursor={(next) => show({ cursor: next })}
      nothing={
        <State
          icon="users"
          title={t('emptyTitle')}
          action={<Button onClick={() => setIsCreating(true)}>{t('create')}</Button>}
        >
          {t('emptyText')}
        </State>
      }
      dialogs={
        <DialogSlot>
          {isCreating && <CreateUserDialog name="" onMade={() => {}} onClose={() => setIsCreating(false)} />}
        </DialogSlot>
      }
    >
      {(items) => <UsersTable users={items} />}
    </ListPage>
  )
}
