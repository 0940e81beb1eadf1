import type { components } from '../../api/schema.d.ts'

export type User = components['schemas']['User']
export type UserDetails = components['schemas']['UserDetails']
export type UserState = User['state']

/** A dialog about one user. */
export interface UserDialogProps {
  user: UserDetails
  /** The user is whoever is looking. */
  isSelf: boolean
  onClose: () => void
}

export const userStates = ['activated', 'staged', 'suspended'] as const satisfies readonly UserState[]
