/** Opened on a click, loaded then. */
import { late } from '../../../lib/late.ts'

export const CreateUserDialog = late(async () => (await import('./create-user-dialog.tsx')).CreateUserDialog)
export const UserStateDialog = late(async () => (await import('./user-state-dialog.tsx')).UserStateDialog)
export const UserRoleDialog = late(async () => (await import('./user-role-dialog.tsx')).UserRoleDialog)
export const SendLinkDialog = late(async () => (await import('./send-link-dialog.tsx')).SendLinkDialog)
export const EndCredentialsDialog = late(
  async () => (await import('./end-credentials-dialog.tsx')).EndCredentialsDialog,
)
export const EmploymentForm = late(async () => (await import('./employment-form.tsx')).EmploymentForm)
