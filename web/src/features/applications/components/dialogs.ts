/** Opened on a click, loaded then. */
import { lazy } from '../../../lib/lazy.ts'

export const CreateApplicationDialog = lazy(
  async () => (await import('./create-application-dialog.tsx')).CreateApplicationDialog,
)
export const DeleteApplicationDialog = lazy(
  async () => (await import('./delete-application-dialog.tsx')).DeleteApplicationDialog,
)
export const ApplicationForm = lazy(async () => (await import('./application-form.tsx')).ApplicationForm)
export const ReturnDialog = lazy(async () => (await import('./return-dialog.tsx')).ReturnDialog)
