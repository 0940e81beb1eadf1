import { Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { MakersContext } from '../../components/making/makers.ts'
import { AccountMenu } from '../../components/shell/account-menu.tsx'
import { Shell } from '../../components/shell/shell.tsx'
import { ButtonLink } from '../../components/ui/link.tsx'
import { LinkedNames } from '../../components/ui/name-link.tsx'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { Forbidden } from '../../components/ui/states.tsx'
import { Finder } from '../../features/finder/components/finder.tsx'
import { isAdministrator, useMe } from '../../features/session/me.ts'
import { useOwnLanguage } from '../../features/session/use-own-language.ts'
import { useSignOut } from '../../features/session/use-sign-out.ts'
import { ChosenTimeZone } from '../../lib/use-format.ts'
import { makers } from './makers.ts'
import { useAdminNavigation } from './navigation.ts'

/** Frame of the Admin Portal. Who is no administrator is told so, and shown the way. */
export function AdminLayout() {
  const { t } = useTranslation()
  const me = useMe()
  const switchLanguage = useOwnLanguage()
  const signOut = useSignOut()
  const groups = useAdminNavigation()
  const isAllowed = isAdministrator(me)
  return (
    <ChosenTimeZone value={me.timeZone ?? undefined}>
      <LinkedNames value={isAllowed}>
        <Shell
          title={t('nav.admin')}
          groups={isAllowed ? groups : []}
          corner={
            <>
              {isAllowed && (
                <Finder places={groups.flatMap(({ items }) => items.map(({ to, label }) => ({ to, label })))} />
              )}
              <ButtonLink to="/portal/applications" variant="subtle" size="xs" visibleFrom="sm">
                {t('nav.portal')}
              </ButtonLink>
              <AccountMenu
                {...me.user}
                other={{ to: '/portal/applications', label: t('nav.toPortal') }}
                sessionsPath="/admin/sessions"
                tokensPath="/admin/api-tokens"
                preferencesPath="/admin/preferences"
                onLanguage={switchLanguage}
                onSignOut={() => void signOut()}
              />
            </>
          }
        >
          {isAllowed ? (
            <MakersContext value={makers}>
              <Outlet />
            </MakersContext>
          ) : (
            <>
              <PageHeader title={t('nav.admin')} />
              <Forbidden action={<ButtonLink to="/portal/applications">{t('nav.toPortal')}</ButtonLink>} />
            </>
          )}
        </Shell>
      </LinkedNames>
    </ChosenTimeZone>
  )
}
