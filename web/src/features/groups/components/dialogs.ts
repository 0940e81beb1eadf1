/** Opened on a click, loaded then. */
import { late } from '../../../lib/late.ts'

export const CreateGroupDialog = late(async () => (await import('./create-group-dialog.tsx')).CreateGroupDialog)
export const DeleteGroupDialog = late(async () => (await import('./delete-group-dialog.tsx')).DeleteGroupDialog)
export const RemoveMemberDialog = late(async () => (await import('./remove-member-dialog.tsx')).RemoveMemberDialog)
export const HeldMemberDialog = late(async () => (await import('./held-member-dialog.tsx')).HeldMemberDialog)
export const AddMember = late(async () => (await import('./add-member.tsx')).AddMember)
