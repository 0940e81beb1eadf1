/** What of a person only their source changes, and what everybody else still may. */
import type { AuditChange } from '../../../domain/audit-entry.ts'
import { isChangedHere, withMastery } from '../../../domain/directory/mastery.ts'
import type { Operation } from '../../../domain/operation.ts'
import { DomainError } from '../../../domain/shared/errors.ts'
import { type ManagedBy, refuseManaged } from '../../../domain/shared/managed.ts'
import type { UserChange, UserRow } from './users.repository.ts'

/** What a source says of a person beside what everybody sees. */
export interface FromSource {
  /** Their id at the source. */
  externalId?: string | null | undefined
  /** Kept for the source, and given back to it. */
  sourceProfile?: Record<string, unknown> | undefined
  /** When the source took them away; null for somebody who is back. */
  removedAt?: string | null | undefined
  /** Asked with the person as they are when they are locked; what it throws refuses the change. */
  refuseUnless?: ((user: UserRow) => void) | undefined
}

const words: Record<string, string> = {
  name: 'the name',
  email: 'the e-mail address',
  department: 'the department',
  jobTitle: 'the job title',
  managerId: 'the manager',
  state: 'the state',
}

/** @throws DomainError `conflict`, current `managed`, to everybody but the source */
export function refuseManagedFields(
  operation: Operation,
  { user, managedBy, changes }: { user: UserRow; managedBy: ManagedBy | null; changes: readonly AuditChange[] },
): void {
  const theirs = changes.filter((change) => words[change.field] && !isChangedHere(change, user))
  // A source that is not theirs changes nothing at all, not even what it would leave as it is.
  if (theirs.length === 0 && operation.sourceId === undefined) return
  const what = theirs.map(({ field }) => words[field]).join(' and ')
  refuseManaged(operation, { name: user.name, managedBy }, `change ${what || 'them'}`)
}

/** Whoever changes an address can have a link to set a password sent there, and become that administrator. */
export function refuseMovingAdministrator(
  { sourceId }: Operation,
  { before, isMoved }: { before: UserRow; isMoved: boolean },
): void {
  if (!sourceId || !isMoved || !before.roles.includes('admin')) return
  throw new DomainError(
    'conflict',
    `${before.name} is an administrator: another administrator changes the e-mail address of their account first.`,
    { current: 'administrator' },
  )
}

/** The change with what follows for who is master of the person, and of their suspension. */
export function withMasteryOf({ sourceId }: Operation, user: UserRow, change: UserChange): UserChange {
  const mastered = withMastery(sourceId, user, change)
  return sourceId ? mastered : withoutOldAddress(user, mastered)
}

/** What the source has said of the address is not so any more. */
function withoutOldAddress({ email, sourceProfile }: UserRow, change: UserChange): UserChange {
  if (change.email === undefined || change.email === email || Object.keys(sourceProfile).length === 0) return change
  const { userName: _, emails: __, ...rest } = sourceProfile
  return { ...change, sourceProfile: rest }
}
