/** Opened on a click, loaded then. */
import { lazy } from '../../../lib/lazy.ts'

export const RevokeDialog = lazy(async () => (await import('./revoke-dialog.tsx')).RevokeDialog)
