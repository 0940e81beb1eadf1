/** Opened on a click, loaded then. */
import { lazy } from 'react'

export const RevokeDialog = lazy(async () => ({ default: (await import('./revoke-dialog.tsx')).RevokeDialog }))
