import type { Flow } from '../flows/flow.d.ts'

export const names = (flows: Flow[]): string[] => flows.map(({ name }) => name)
