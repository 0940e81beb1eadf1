/** Opened on a click, loaded then. */
import { lazy } from 'react'

export const CreateApplicationDialog = lazy(async () => ({
  default: (await import('./create-application-dialog.tsx')).CreateApplicationDialog,
}))
export const DeleteApplicationDialog = lazy(async () => ({
  default: (await import('./delete-application-dialog.tsx')).DeleteApplicationDialog,
}))
export const ApplicationForm = lazy(async () => ({ default: (await import('./application-form.tsx')).ApplicationForm }))
