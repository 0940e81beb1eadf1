import { Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { AccountMenu } from '../../components/shell/account-menu.tsx'
import { Shell } from '../../components/shell/shell.tsx'
import { ButtonLink } from '../../components/ui/link.tsx'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { Forbidden } from '../../components/ui/states.tsx'
import { isAdministrator, useMe } from '../../features/session/me.ts'
import { useSignOut } from '../../features/session/use-sign-out.ts'
import { useAdminNavigation } from './navigation.ts'

/** Frame of the Admin Portal. Who is no administrator is told so, and shown the way. */
export function AdminLayout() {
  const { t } = useTranslation()
  const me = useMe()
  const signOut = useSignOut()
  const groups = useAdminNavigation()
  const isAllowed = isAdministrator(me)
  return (
    <Shell
      title={t('nav.admin')}
      groups={isAllowed ? groups : []}
      corner={
        <>
          <ButtonLink to="/portal/applications" variant="subtle" size="xs" visibleFrom="sm">
            {t('nav.portal')}
          </ButtonLink>
          <AccountMenu
            {...me.user}
            other={{ to: '/portal/applications', label: t('nav.toPortal') }}
            sessionsPath="/admin/sessions"
            tokensPath="/admin/api-tokens"
            onSignOut={() => void signOut()}
          />
        </>
      }
    >
      {isAllowed ? (
        <Outlet />
      ) : (
        <>
          <PageHeader title={t('nav.admin')} />
          <Forbidden action={<ButtonLink to="/portal/applications">{t('nav.toPortal')}</ButtonLink>} />
        </>
      )}
    </Shell>
  )
}
