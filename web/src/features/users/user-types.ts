import type { components } from '../../api/schema.d.ts'

export type User = components['schemas']['User']
export type UserDetails = components['schemas']['UserDetails']
export type Leaving = components['schemas']['Leaving']
export type UserState = User['state']

/** A dialog about one user. */
export interface UserDialogProps {
  user: UserDetails
  /** The user is whoever is looking. */
  isSelf: boolean
  onClose: () => void
}

export const userStates = ['activated', 'staged', 'suspended'] as const satisfies readonly UserState[]

/** A session or an API token, by what people call it. */
export interface Credential {
  id: string
  name: string
}

export type LinkPurpose = 'invitation' | 'reset'

/** The link that is of use to a user: to set a first password, or another one in place of the one they have. */
export function linkFor({ state, password }: Pick<UserDetails, 'state' | 'password'>): LinkPurpose | undefined {
  if (state === 'suspended') return undefined
  return state === 'activated' && password === 'own' ? 'reset' : 'invitation'
}
