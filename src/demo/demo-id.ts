/** Ids of demo data: the same at every run, so that a seeding that was cut short goes on where it was. */
import { createHash } from 'node:crypto'

/** A UUID of version 7 with a fixed time and a hash of `name` instead of chance. */
export function demoId(name: string): string {
  const hex = createHash('sha256').update(`gatehouse demo ${name}`).digest('hex')
  const variant = ((Number.parseInt(hex.slice(15, 16), 16) & 0x3) | 0x8).toString(16)
  return `01980000-${hex.slice(0, 4)}-7${hex.slice(4, 7)}-${variant}${hex.slice(7, 10)}-${hex.slice(16, 28)}`
}
