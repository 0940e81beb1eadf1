/** Opened on a click, loaded then. */
import { lazy } from '../../../lib/lazy.ts'

export const ConnectorDialog = lazy(async () => (await import('./connector-dialog.tsx')).ConnectorDialog)
export const DeleteConnectorDialog = lazy(
  async () => (await import('./delete-connector-dialog.tsx')).DeleteConnectorDialog,
)
export const SecretDialog = lazy(async () => (await import('./secret-dialog.tsx')).SecretDialog)
