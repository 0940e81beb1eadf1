/** Opened on a click, loaded then. */
import { lazy } from 'react'

export const CreateUserDialog = lazy(async () => ({
  default: (await import('./create-user-dialog.tsx')).CreateUserDialog,
}))
export const UserStateDialog = lazy(async () => ({
  default: (await import('./user-state-dialog.tsx')).UserStateDialog,
}))
export const UserRoleDialog = lazy(async () => ({
  default: (await import('./user-role-dialog.tsx')).UserRoleDialog,
}))
export const EmploymentForm = lazy(async () => ({ default: (await import('./employment-form.tsx')).EmploymentForm }))
