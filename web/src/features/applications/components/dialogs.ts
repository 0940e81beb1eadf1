/** Opened on a click, loaded then. */
import { late } from '../../../lib/late.ts'

export const CreateApplicationDialog = late(
  async () => (await import('./create-application-dialog.tsx')).CreateApplicationDialog,
)
export const DeleteApplicationDialog = late(
  async () => (await import('./delete-application-dialog.tsx')).DeleteApplicationDialog,
)
export const ApplicationForm = late(async () => (await import('./application-form.tsx')).ApplicationForm)
