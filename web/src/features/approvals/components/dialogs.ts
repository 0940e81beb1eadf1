/** What opens on a click is loaded then. */
import { lazy } from '../../../lib/lazy.ts'

export const ApprovalDialog = lazy(async () => (await import('./approval-dialog.tsx')).ApprovalDialog)
export const ApproveManyDialog = lazy(async () => (await import('./approve-many-dialog.tsx')).ApproveManyDialog)
export const ApprovalDetails = lazy(async () => (await import('./approval-details.tsx')).ApprovalDetails)
export const ApprovalPanel = lazy(async () => (await import('./approval-details.tsx')).ApprovalPanel)
