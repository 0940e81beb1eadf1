import type { components } from '../../api/schema.d.ts'

export type UserGroup = components['schemas']['UserGroup']
export type GroupMember = components['schemas']['GroupMember']

/** What people write about a group; an empty connector is the directory itself. */
export interface GroupDraft {
  name: string
  description: string
  connectorId: string
}

export const emptyDraft: GroupDraft = { name: '', description: '', connectorId: '' }

/** What shows groups and their members: read again after a write. */
export const groupPaths = ['/user-groups', '/user-groups/{id}', '/user-groups/{id}/members', '/users/{id}'] as const
