/** Opened on a click, loaded then. */
import { lazy } from '../../../lib/lazy.ts'

export const DecideChangeDialog = lazy(async () => (await import('./decide-change-dialog.tsx')).DecideChangeDialog)
