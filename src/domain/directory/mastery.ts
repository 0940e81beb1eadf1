/** Who is master of a person that comes from a source, and of their suspension. */
import type { PersonFields } from './people.ts'

type Mastered = Pick<PersonFields, 'state' | 'sourceId' | 'suspendedHereAt' | 'removedAt' | 'roles'>

/**
 * Anybody may suspend; whoever was suspended here is activated here, once their source has them; and the address of an
 * administrator is no source's.
 */
export function isChangedHere(
  { field, to }: { field: string; to?: unknown },
  { suspendedHereAt, removedAt, roles }: Pick<Mastered, 'suspendedHereAt' | 'removedAt' | 'roles'>,
): boolean {
  if (field === 'state') return to === 'suspended' || (suspendedHereAt !== null && removedAt === null)
  return field === 'email' && roles.includes('admin')
}

type Change = Partial<Pick<Mastered, 'state' | 'sourceId' | 'suspendedHereAt'>>

/** The change with what follows for who is master of the person, and of their suspension. */
export function withMastery<C extends Change>(sourceId: string | undefined, user: Mastered, change: C): C & Change {
  if (sourceId) return ofSource(sourceId, user, change)
  if (change.state === undefined || change.state === user.state) return change
  return { ...change, suspendedHereAt: change.state === 'suspended' ? new Date().toISOString() : null }
}

/** Whatever the source says of somebody who was suspended here, also that they are gone or back: they stay suspended. */
function ofSource<C extends Change>(sourceId: string, user: Mastered, change: C): C & Change {
  const isAdopted = user.sourceId === null
  const wasSuspendedHere = isAdopted && user.state === 'suspended' && user.removedAt === null
  const suspendedHereAt = user.suspendedHereAt ?? (wasSuspendedHere ? new Date().toISOString() : null)
  const adopted = isAdopted ? { ...change, sourceId, suspendedHereAt } : change
  if (suspendedHereAt === null || change.state === undefined) return adopted
  return { ...adopted, state: 'suspended' }
}
