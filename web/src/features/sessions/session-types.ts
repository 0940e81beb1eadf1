import type { components } from '../../api/schema.d.ts'

export type Session = components['schemas']['Session']
