import { SessionsPanel } from '../../features/sessions/components/sessions-panel.tsx'

/** My own sessions, reached from the account menu. */
export function SessionsPage() {
  return <SessionsPanel />
}
