/** Opened on a click, loaded then. */
import { lazy } from 'react'

export const CreateGroupDialog = lazy(async () => ({
  default: (await import('./create-group-dialog.tsx')).CreateGroupDialog,
}))
export const DeleteGroupDialog = lazy(async () => ({
  default: (await import('./delete-group-dialog.tsx')).DeleteGroupDialog,
}))
export const RemoveMemberDialog = lazy(async () => ({
  default: (await import('./remove-member-dialog.tsx')).RemoveMemberDialog,
}))
export const HeldMemberDialog = lazy(async () => ({
  default: (await import('./held-member-dialog.tsx')).HeldMemberDialog,
}))
export const AddMember = lazy(async () => ({ default: (await import('./add-member.tsx')).AddMember }))
