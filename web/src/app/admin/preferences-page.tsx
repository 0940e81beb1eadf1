import { PreferencesPanel } from '../../features/preferences/components/preferences-panel.tsx'
import { isAdministrator, useMe } from '../../features/session/me.ts'

/** My own language, time zone and mails, reached from the account menu. */
export function PreferencesPage() {
  return <PreferencesPanel isAdministrator={isAdministrator(useMe())} />
}
