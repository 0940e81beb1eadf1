/** Opened on a click, loaded then. */
import { lazy } from '../../../lib/lazy.ts'

export const CreateGroupDialog = lazy(async () => (await import('./create-group-dialog.tsx')).CreateGroupDialog)
export const DeleteGroupDialog = lazy(async () => (await import('./delete-group-dialog.tsx')).DeleteGroupDialog)
export const RemoveMemberDialog = lazy(async () => (await import('./remove-member-dialog.tsx')).RemoveMemberDialog)
export const HeldMemberDialog = lazy(async () => (await import('./held-member-dialog.tsx')).HeldMemberDialog)
export const AddMember = lazy(async () => (await import('./add-member.tsx')).AddMember)
