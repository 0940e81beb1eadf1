/** Opened on a click, loaded then. */
import { late } from '../../../lib/late.ts'

export const DecideChangeDialog = late(async () => (await import('./decide-change-dialog.tsx')).DecideChangeDialog)
