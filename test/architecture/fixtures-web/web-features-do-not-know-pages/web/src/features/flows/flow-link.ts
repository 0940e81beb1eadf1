import { flowPath } from '../../app/paths.ts'

export const flowLink = (id: string): string => flowPath(id)
