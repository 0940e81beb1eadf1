/** Opened on a click, loaded then. */
import { lazy } from '../../../lib/lazy.ts'

export const ExtendDialog = lazy(async () => (await import('./extend-dialog.tsx')).ExtendDialog)
export const RevokeDialog = lazy(async () => (await import('./revoke-dialog.tsx')).RevokeDialog)
