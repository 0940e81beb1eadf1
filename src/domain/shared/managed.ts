/** What a source of people is master of, and who may change it. */
import { DomainError } from './errors.ts'

/** How people and groups come from another system: it calls us (`scim`), or we read it (`ldap`). */
export const sourceKinds = ['scim', 'ldap'] as const
export type SourceKind = (typeof sourceKinds)[number]

/** The source that somebody or something comes from. */
export interface ManagedBy {
  id: string
  name: string
  kind: SourceKind
}

/** Something that may come from a source. */
export interface Managed {
  name: string
  managedBy: ManagedBy | null
}

/**
 * Refuses everybody but the source. @param act as in "change the name"
 * @throws DomainError `conflict`, current `managed`
 */
export function refuseManaged({ sourceId }: { sourceId?: string | undefined }, subject: Managed, act: string): void {
  const { name, managedBy } = subject
  if (!managedBy || managedBy.id === sourceId) return
  throw new DomainError('conflict', `${name} is managed by ${managedBy.name}: ${act} there.`, {
    current: 'managed',
    managedBy,
  })
}
