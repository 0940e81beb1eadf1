/** Opened on a click, loaded then. */
import { lazy } from '../../../lib/lazy.ts'

export const CreateUserDialog = lazy(async () => (await import('./create-user-dialog.tsx')).CreateUserDialog)
export const UserStateDialog = lazy(async () => (await import('./user-state-dialog.tsx')).UserStateDialog)
export const UserRoleDialog = lazy(async () => (await import('./user-role-dialog.tsx')).UserRoleDialog)
export const SendLinkDialog = lazy(async () => (await import('./send-link-dialog.tsx')).SendLinkDialog)
export const EndCredentialsDialog = lazy(
  async () => (await import('./end-credentials-dialog.tsx')).EndCredentialsDialog,
)
export const EmploymentForm = lazy(async () => (await import('./employment-form.tsx')).EmploymentForm)
export const ManagedEmployment = lazy(async () => (await import('./managed-employment.tsx')).ManagedEmployment)
