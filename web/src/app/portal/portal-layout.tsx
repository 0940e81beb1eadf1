import { Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { AccountMenu } from '../../components/shell/account-menu.tsx'
import { Shell } from '../../components/shell/shell.tsx'
import { ButtonLink } from '../../components/ui/link.tsx'
import { isAdministrator, useMe } from '../../features/session/me.ts'
import { useSignOut } from '../../features/session/use-sign-out.ts'
import { usePortalNavigation } from './navigation.ts'

/** Frame of the User Portal. */
export function PortalLayout() {
  const { t } = useTranslation()
  const me = useMe()
  const signOut = useSignOut()
  const groups = usePortalNavigation()
  return (
    <Shell
      title={t('nav.portal')}
      groups={groups}
      corner={
        <>
          {isAdministrator(me) && (
            <ButtonLink to="/admin/requests" variant="subtle" size="xs" visibleFrom="sm">
              {t('nav.admin')}
            </ButtonLink>
          )}
          <AccountMenu
            {...me.user}
            other={isAdministrator(me) ? { to: '/admin/requests', label: t('nav.toAdmin') } : undefined}
            sessionsPath="/portal/sessions"
            tokensPath="/portal/api-tokens"
            onSignOut={() => void signOut()}
          />
        </>
      }
    >
      <Outlet />
    </Shell>
  )
}
