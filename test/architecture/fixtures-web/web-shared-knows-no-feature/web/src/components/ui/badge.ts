import type { Flow } from '../../features/flows/flow.ts'

export const badge = (flow: Flow): string => flow.name
