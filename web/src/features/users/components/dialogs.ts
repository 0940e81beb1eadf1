/** Opened on a click, loaded then. */
import { late } from '../../../lib/late.ts'

export const CreateUserDialog = late(async () => (await import('./create-user-dialog.tsx')).CreateUserDialog)
export const UserStateDialog = late(async () => (await import('./user-state-dialog.tsx')).UserStateDialog)
export const UserRoleDialog = late(async () => (await import('./user-role-dialog.tsx')).UserRoleDialog)
export const EmploymentForm = late(async () => (await import('./employment-form.tsx')).EmploymentForm)
