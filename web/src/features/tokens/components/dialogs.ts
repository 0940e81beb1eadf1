/** Opened on a click, loaded then. */
import { lazy } from '../../../lib/lazy.ts'

export const CreateTokenDialog = lazy(async () => (await import('./create-token-dialog.tsx')).CreateTokenDialog)
export const RevokeTokenDialog = lazy(async () => (await import('./revoke-token-dialog.tsx')).RevokeTokenDialog)
export const MadeTokenDialog = lazy(async () => (await import('./made-token-dialog.tsx')).MadeTokenDialog)
