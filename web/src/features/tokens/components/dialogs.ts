/** Opened on a click, loaded then. */
import { late } from '../../../lib/late.ts'

export const CreateTokenDialog = late(async () => (await import('./create-token-dialog.tsx')).CreateTokenDialog)
export const RevokeTokenDialog = late(async () => (await import('./revoke-token-dialog.tsx')).RevokeTokenDialog)
export const MadeTokenDialog = late(async () => (await import('./made-token-dialog.tsx')).MadeTokenDialog)
