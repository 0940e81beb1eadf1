import type { components } from '../../api/schema.d.ts'

export type PendingChange = components['schemas']['PendingChange']
