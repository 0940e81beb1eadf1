/** Opened on a click, loaded then. */
import { late } from '../../../lib/late.ts'

export const RevokeDialog = late(async () => (await import('./revoke-dialog.tsx')).RevokeDialog)
