import { gone } from './gone.ts'

export const again: unknown = gone
