/** Who is master of a person that comes from a source, and of their suspension. */
import type { PersonFields } from './people.ts'

type Mastered = Pick<PersonFields, 'state' | 'sourceId' | 'suspendedHereAt' | 'removedAt' | 'roles'>

/** Anybody may suspend; whoever was suspended here is activated here; and the address of an administrator is no source's. */
export function isChangedHere(
  { field, to }: { field: string; to?: unknown },
  { suspendedHereAt, roles }: Pick<Mastered, 'suspendedHereAt' | 'roles'>,
): boolean {
  if (field === 'state') return to === 'suspended' || suspendedHereAt !== null
  return field === 'email' && roles.includes('admin')
}

type Change = Partial<Pick<Mastered, 'state' | 'sourceId' | 'suspendedHereAt'>>

/** The change with what follows for who is master of the person, and of their suspension. */
export function withMastery<C extends Change>(sourceId: string | undefined, user: Mastered, change: C): C & Change {
  if (sourceId) return ofSource(sourceId, user, change)
  if (change.state === undefined || change.state === user.state) return change
  return { ...change, suspendedHereAt: change.state === 'suspended' ? new Date().toISOString() : null }
}

function ofSource<C extends Change>(sourceId: string, user: Mastered, change: C): C & Change {
  const isAdopted = user.sourceId === null
  const wasSuspendedHere = isAdopted && user.state === 'suspended' && user.removedAt === null
  const suspendedHereAt = user.suspendedHereAt ?? (wasSuspendedHere ? new Date().toISOString() : null)
  const adopted = isAdopted ? { ...change, sourceId, suspendedHereAt } : change
  if (suspendedHereAt === null || change.state === undefined) return adopted
  // From now on they are suspended at the source, which is master of that again.
  if (change.state === 'suspended') return { ...adopted, suspendedHereAt: null }
  return { ...adopted, state: user.state }
}
