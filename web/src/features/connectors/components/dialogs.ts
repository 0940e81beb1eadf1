/** Opened on a click, loaded then. */
import { lazy } from 'react'

export const ConnectorDialog = lazy(async () => ({ default: (await import('./connector-dialog.tsx')).ConnectorDialog }))
export const DeleteConnectorDialog = lazy(async () => ({
  default: (await import('./delete-connector-dialog.tsx')).DeleteConnectorDialog,
}))
export const SecretDialog = lazy(async () => ({ default: (await import('./secret-dialog.tsx')).SecretDialog }))
