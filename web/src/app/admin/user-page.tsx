import { Badge, Button, Group } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { DialogSlot } from '../../components/ui/dialog-slot.tsx'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { Failed, Loading } from '../../components/ui/states.tsx'
import { UserGrants } from '../../features/grants/components/user-grants.tsx'
import { useMe } from '../../features/session/me.ts'
import { SessionsTable } from '../../features/sessions/components/sessions-table.tsx'
import { TokensTable } from '../../features/tokens/components/tokens-table.tsx'
import { UserRoleDialog, UserStateDialog } from '../../features/users/components/dialogs.ts'
import { UserStateBadge } from '../../features/users/components/user-state-badge.tsx'
import { UserTabs } from '../../features/users/components/user-tabs.tsx'
import { lazy } from '../../lib/lazy.ts'

const credentialTables = { Sessions: SessionsTable, Tokens: TokensTable }

const PersonActivity = lazy(async () => (await import('./person-activity.tsx')).PersonActivity)

const route = getRouteApi('/admin/users/$userId')

/** One user: employment, groups, and what they have. */
export function UserPage() {
  const { t } = useTranslation('users')
  const { userId } = route.useParams()
  const { tab, focus, back } = route.useSearch()
  const navigate = route.useNavigate()
  const { data: user, error, refetch } = $api.useQuery('get', '/users/{id}', { params: { path: { id: userId } } })
  const [asked, setAsked] = useState<'state' | 'role'>()
  const isSelf = useMe().user.id === userId
  return (
    <>
      <PageHeader
        back={
          back
            ? { href: `/admin/requests/${back}`, label: t('employment.backToRequest') }
            : { href: '/admin/users', label: t('back') }
        }
        title={user?.name ?? t('title')}
        description={
          user && (
            <Group gap="xs">
              <UserStateBadge state={user.state} />
              {user.roles.includes('admin') && <Badge variant="light">{t('administrator')}</Badge>}
              {user.managedBy && (
                <Badge variant="light" color="gray">
                  {t('managedBadge', { source: user.managedBy.name })}
                </Badge>
              )}
            </Group>
          )
        }
        actions={
          user && (
            <>
              <Button variant="default" onClick={() => setAsked('role')}>
                {t(user.roles.includes('admin') ? 'role.demote' : 'role.promote')}
              </Button>
              <Button variant="default" onClick={() => setAsked('state')}>
                {t(user.state === 'activated' ? 'suspend' : 'activate')}
              </Button>
            </>
          )
        }
      />
      {!user && (error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />)}
      {user && (
        <UserTabs
          key={user.id}
          user={user}
          tab={tab}
          isManagerFocused={focus === 'manager'}
          requestId={back}
          grants={<UserGrants userId={user.id} />}
          activity={<PersonActivity userId={user.id} />}
          tables={credentialTables}
          onTab={(next) => void navigate({ search: { tab: next, ...(back && { back }) }, replace: true })}
        />
      )}
      <DialogSlot>
        {asked === 'state' && user && <UserStateDialog {...{ user, isSelf }} onClose={() => setAsked(undefined)} />}
        {asked === 'role' && user && <UserRoleDialog {...{ user, isSelf }} onClose={() => setAsked(undefined)} />}
      </DialogSlot>
    </>
  )
}
