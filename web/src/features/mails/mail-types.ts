import type { components } from '../../api/schema.d.ts'

export type UnsentMail = components['schemas']['UnsentMail']
export const unsentStates = ['refused', 'waiting'] as const satisfies UnsentMail['state'][]
