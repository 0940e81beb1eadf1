import type { components } from '../../api/schema.d.ts'

export type User = components['schemas']['User']
export type UserDetails = components['schemas']['UserDetails']
export type UserState = User['state']

export const userStates = ['activated', 'staged', 'suspended'] as const satisfies readonly UserState[]
