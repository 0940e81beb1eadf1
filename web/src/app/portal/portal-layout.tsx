import { Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { AccountMenu } from '../../components/shell/account-menu.tsx'
import { Shell } from '../../components/shell/shell.tsx'
import { ButtonLink } from '../../components/ui/link.tsx'
import { isAdministrator, useMe } from '../../features/session/me.ts'
import { useOwnLanguage } from '../../features/session/use-own-language.ts'
import { useSignOut } from '../../features/session/use-sign-out.ts'
import { ChosenTimeZone } from '../../lib/use-format.ts'
import { usePortalNavigation } from './navigation.ts'

/** Frame of the User Portal. */
export function PortalLayout() {
  const { t } = useTranslation()
  const me = useMe()
  const switchLanguage = useOwnLanguage()
  const signOut = useSignOut()
  const groups = usePortalNavigation()
  return (
    <ChosenTimeZone value={me.timeZone ?? undefined}>
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
              preferencesPath="/portal/preferences"
              onLanguage={switchLanguage}
              onSignOut={() => void signOut()}
            />
          </>
        }
      >
        <Outlet />
      </Shell>
    </ChosenTimeZone>
  )
}
