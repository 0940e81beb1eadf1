import type { egg } from './egg.ts'

export const chicken = (): ReturnType<typeof egg> => 'chicken'
