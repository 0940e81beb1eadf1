import { ChangesPanel } from '../../features/changes/components/changes-panel.tsx'
import { useMe } from '../../features/session/me.ts'

/** User Management > Changes that wait for a second administrator. */
export function ChangesPage() {
  return <ChangesPanel userId={useMe().user.id} />
}
