import { SessionsPanel } from '../../features/sessions/components/sessions-panel.tsx'

/** The administrator's own sessions, reached from the account menu. */
export function SessionsPage() {
  return <SessionsPanel />
}
