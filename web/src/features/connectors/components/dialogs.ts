/** Opened on a click, loaded then. */
import { late } from '../../../lib/late.ts'

export const ConnectorDialog = late(async () => (await import('./connector-dialog.tsx')).ConnectorDialog)
export const DeleteConnectorDialog = late(
  async () => (await import('./delete-connector-dialog.tsx')).DeleteConnectorDialog,
)
export const SecretDialog = late(async () => (await import('./secret-dialog.tsx')).SecretDialog)
