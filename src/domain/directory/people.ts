/** Rules of people in the directory, the same for one change and for a whole file of them. */
import type { AccountAct } from '../request/four-eyes.ts'
import { DomainError } from '../shared/errors.ts'
import { type FieldProblem, fieldProblem } from '../shared/field-errors.ts'

export const personStates = ['staged', 'activated', 'suspended'] as const
export type PersonState = (typeof personStates)[number]

/** What the directory keeps of somebody, and the audit log of each change. */
export interface PersonFields {
  name: string
  email: string
  department: string | null
  jobTitle: string | null
  managerId: string | null
  state: PersonState
  roles: string[]
  /** The source that they come from, and their id there. */
  sourceId: string | null
  externalId: string | null
  /** When the source took them away. RFC 3339. */
  removedAt: string | null
  /** When somebody other than their source suspended them: until that is taken back here, the source cannot activate them. */
  suspendedHereAt: string | null
}

const recorded = [
  ...['name', 'email', 'department', 'jobTitle', 'managerId', 'state', 'roles'],
  ...['sourceId', 'externalId', 'removedAt'],
] as const satisfies readonly (keyof PersonFields)[]

/** Those fields that are recorded and given. */
export function fieldsOf(user: Partial<PersonFields>): Record<string, unknown> {
  return Object.fromEntries(recorded.filter((field) => user[field] !== undefined).map((field) => [field, user[field]]))
}

export function isActiveAdministrator({ state, roles }: Pick<PersonFields, 'state' | 'roles'>): boolean {
  return state === 'activated' && roles.includes('admin')
}

export const lastAdministrator = fieldProblem(
  'last_administrator',
  'is the last activated administrator: make somebody else an administrator first',
)

/** @throws DomainError `last_administrator` when nobody would be left who administers the service */
export function refuseLastAdministrator(
  before: Pick<PersonFields, 'name' | 'state' | 'roles'>,
  after: Pick<PersonFields, 'state' | 'roles'>,
  otherAdministrators: number,
): void {
  if (!isActiveAdministrator(before) || isActiveAdministrator(after) || otherAdministrators > 0) return
  throw new DomainError(
    'last_administrator',
    `${before.name} is the last activated administrator. Make somebody else an administrator first.`,
    { current: 'last_administrator' },
  )
}

export const ownManager = fieldProblem('own_manager', 'nobody is their own manager')
export const unknownManager = fieldProblem('not_found', 'is not a user')

/** @param names from the person over their managers up to the person again */
export function managerLoop(names: string[]): FieldProblem {
  return fieldProblem('manager_loop', `would close a loop of managers: ${names.join(' → ')}`, { names })
}

export function isSameAddress(one: Pick<PersonFields, 'email'>, other: Pick<PersonFields, 'email'>): boolean {
  return one.email.toLowerCase() === other.email.toLowerCase()
}

/** Whoever changes an address can have a link to set a password sent there. */
export function actsIn(
  before: Pick<PersonFields, 'email' | 'roles'>,
  after: Pick<PersonFields, 'email' | 'roles'>,
): AccountAct[] {
  const isPromoted = after.roles.some((role) => !before.roles.includes(role))
  return [
    ...(isPromoted ? (['promoted'] as const) : []),
    ...(isSameAddress(before, after) ? [] : (['credentials_reset'] as const)),
  ]
}

/** Whether sessions, tokens and links end with the loss of a role. Those of somebody who leaves end by themselves. */
export function losesRole(before: Pick<PersonFields, 'roles'>, after: Pick<PersonFields, 'roles'>): boolean {
  return before.roles.some((role) => !after.roles.includes(role))
}
