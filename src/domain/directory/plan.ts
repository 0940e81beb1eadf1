/** What becomes of the directory when a file or a source says who is in it: decided as a whole, before anything is written. */
import { type FieldError, type FieldProblem, fieldProblem } from '../shared/field-errors.ts'
import { isChangedHere, withMastery } from './mastery.ts'
import {
  isActiveAdministrator,
  isSameAddress,
  lastAdministrator,
  ownManager,
  type PersonFields,
  type PersonState,
  unknownManager,
} from './people.ts'
import { loopsOf, managersFirst } from './reporting-lines.ts'

/** A person as a file or a source has them. A field that is not given stays as it is; null empties it. */
export interface IncomingPerson {
  /** Of the file, or the number in what the source has sent: refusals name it. */
  line: number
  /** What file or source know the person by, and their reports name them by. */
  key: string
  name?: string | undefined
  email?: string | undefined
  department?: string | null | undefined
  jobTitle?: string | null | undefined
  state?: PersonState | undefined
  /** Of a source: when it took them away. RFC 3339. */
  removedAt?: string | null | undefined
  /** Key of the manager. */
  manager?: string | null | undefined
  /** Names of every group that the person is to be a direct member of; null for none. */
  groups?: string[] | null | undefined
}

export interface KnownPerson extends PersonFields {
  id: string
  /** As in `IncomingPerson`; null for somebody who is only in the reporting line of others. */
  key: string | null
  /** Name of the source that they come from. */
  source: string | null
  /** Ids of the groups that they are a direct member of. */
  groupIds: readonly string[]
}

export interface KnownGroup {
  id: string
  name: string
  /** Why nobody can be put in here, or taken out. */
  closed: { add: FieldProblem | null; remove: FieldProblem | null }
}

export interface Directory {
  people: readonly KnownPerson[]
  groups: readonly KnownGroup[]
  /** Every activated administrator. */
  administratorIds: readonly string[]
}

export interface PlanInput {
  incoming: readonly IncomingPerson[]
  directory: Directory
  /** The source that it comes from; null for a file. What a source has of managers who are not in it counts as none. */
  sourceId: string | null
  newId: () => string
}

export interface PlannedPerson {
  line: number
  id: string
  before: KnownPerson | null
  after: PersonFields
  groups: { add: KnownGroup[]; remove: KnownGroup[] }
}

/** One line that cannot be done; `path` is its column. */
export type RefusedLine = FieldError & { line: number; email: string | null }

export interface Plan {
  /** Managers before their reports. */
  created: PlannedPerson[]
  changed: PlannedPerson[]
  unchanged: ({ line: number; id: string } & Pick<PersonFields, 'name' | 'email' | 'state'>)[]
  /** By line. */
  refused: RefusedLine[]
  /** Id to name, of everybody who is named in the plan. */
  names: ReadonlyMap<string, string>
}

interface Line extends PlannedPerson {
  given: IncomingPerson
}

type Refuse = (line: number, path: string, problem: FieldProblem) => void

const duplicate = fieldProblem('duplicate', 'stands in another line, too')
const required = fieldProblem('required', 'is required')
/** Whoever changes an address can have a link to set a password sent there, and become that administrator. */
const ofAdministrator = fieldProblem(
  'invalid',
  'is of an administrator: another administrator changes the address of their account first',
)
const taken = fieldProblem('taken', 'is taken')
const unknownGroup = (name: string) => fieldProblem('not_found', `“${name}” is not a user group`)

export const managedBy = (source: string): FieldProblem =>
  fieldProblem('managed_elsewhere', `is managed by ${source}: change it there`, { source })

/** Everybody once, with what they would be; the manager is found later, when all have an id. */
function linesOf({ incoming, directory, newId, sourceId }: PlanInput, refuse: Refuse): Line[] {
  const known = new Map(directory.people.flatMap((person) => (person.key === null ? [] : [[person.key, person]])))
  const seen = new Set<string>()
  const lines: Line[] = []
  for (const given of incoming) {
    if (seen.has(given.key)) {
      refuse(given.line, 'email', duplicate)
      continue
    }
    seen.add(given.key)
    const before = known.get(given.key) ?? null
    if (!before) refuseIncomplete(given, refuse)
    const after = afterOf(given, before, sourceId)
    lines.push({ line: given.line, id: before?.id ?? newId(), given, before, after, groups: { add: [], remove: [] } })
  }
  return lines
}

function refuseIncomplete({ line, name, email }: IncomingPerson, refuse: Refuse): void {
  if (name === undefined) refuse(line, 'name', required)
  if (email === undefined) refuse(line, 'email', required)
}

function afterOf(given: IncomingPerson, before: KnownPerson | null, sourceId: string | null): PersonFields {
  const was = before ?? nobody
  const after = { ...was, ...withMastery(sourceId ?? undefined, was, attributesOf(given, before)) }
  return sourceId ? { ...after, externalId: given.key, removedAt: given.removedAt ?? null } : after
}

const nobody: PersonFields = {
  name: '',
  email: '',
  department: null,
  jobTitle: null,
  managerId: null,
  state: 'activated',
  roles: [],
  sourceId: null,
  externalId: null,
  removedAt: null,
  suspendedHereAt: null,
}

/** The same address in another spelling is no change. */
function attributesOf(
  { name, email: written, department, jobTitle, state }: IncomingPerson,
  before: KnownPerson | null,
): Partial<PersonFields> {
  const email = before && written && isSameAddress(before, { email: written }) ? before.email : written
  const given = Object.entries({ name, email, department, jobTitle, state }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given)
}

function setManagers(lines: readonly Line[], { directory: { people }, sourceId }: PlanInput, refuse: Refuse): void {
  const ids = new Map(people.flatMap(({ key, id }) => (key === null ? [] : [[key, id] as const])))
  for (const { given, id } of lines) ids.set(given.key, id)
  for (const { line, id, given, after } of lines) {
    if (given.manager === undefined) continue
    const known = given.manager === null ? null : ids.get(given.manager)
    const managerId = known === undefined && sourceId ? null : known
    if (managerId === undefined) refuse(line, 'managerEmail', unknownManager)
    else if (managerId === id) refuse(line, 'managerEmail', ownManager)
    else after.managerId = managerId
  }
}

function setGroups(lines: readonly Line[], groups: readonly KnownGroup[], refuse: Refuse): void {
  const byName = new Map(groups.map((group) => [group.name.toLowerCase(), group]))
  for (const line of lines) {
    if (line.given.groups === undefined) continue
    const names = line.given.groups ?? []
    for (const name of names) if (!byName.has(name.toLowerCase())) refuse(line.line, 'groups', unknownGroup(name))
    const wanted = new Set(names.flatMap((name) => byName.get(name.toLowerCase()) ?? []))
    const has = new Set(line.before?.groupIds)
    line.groups.add = [...wanted].filter(({ id }) => !has.has(id))
    line.groups.remove = groups.filter((group) => has.has(group.id) && !wanted.has(group))
    refuseClosed(line, refuse)
  }
}

function refuseClosed({ line, groups: { add, remove } }: Line, refuse: Refuse): void {
  const problems = [...add.map(({ closed }) => closed.add), ...remove.map(({ closed }) => closed.remove)]
  for (const problem of problems) if (problem) refuse(line, 'groups', problem)
}

const attributes = ['name', 'email', 'department', 'jobTitle', 'managerId', 'state'] as const
const ofSources = ['sourceId', 'externalId', 'removedAt', 'suspendedHereAt'] as const

function sameFields(before: PersonFields, after: PersonFields): boolean {
  return [...attributes, ...ofSources].every((field) => before[field] === after[field])
}

function refuseForeign(lines: readonly Line[], sourceId: string | null, refuse: Refuse): void {
  for (const { line, before, after } of lines) {
    if (!before?.source || before.sourceId === sourceId) continue
    if (sourceId) {
      refuse(line, 'email', managedBy(before.source))
      continue
    }
    const theirs = attributes.filter(
      (field) => before[field] !== after[field] && !isChangedHere({ field, to: after[field] }, before),
    )
    if (theirs.length > 0) refuse(line, columnOf[theirs[0] ?? 'email'], managedBy(before.source))
  }
}

const columnOf = {
  name: 'name',
  email: 'email',
  department: 'department',
  jobTitle: 'jobTitle',
  managerId: 'managerEmail',
  state: 'state',
} as const

/** A file knows people by their address, so only what a source says can meet the address of somebody else. */
function refuseTaken(lines: readonly Line[], people: readonly KnownPerson[], refuse: Refuse): void {
  const moved = lines.filter(({ before, after }) => before && !isSameAddress(before, after))
  for (const { line, before } of moved) if (before?.roles.includes('admin')) refuse(line, 'email', ofAdministrator)
  const owned = new Set(people.map(({ email }) => email.toLowerCase()))
  // Whoever moves leaves their address to others: two may swap theirs.
  for (const { before } of moved) if (before) owned.delete(before.email.toLowerCase())
  for (const { line, after } of lines.filter(({ before }) => !before).concat(moved)) {
    const address = after.email.toLowerCase()
    if (owned.has(address)) refuse(line, 'email', taken)
    owned.add(address)
  }
}

function refuseWithoutAdministrator(lines: readonly Line[], administratorIds: readonly string[], refuse: Refuse): void {
  const left = new Set(administratorIds)
  const lost = lines.filter(({ id, before, after }) => {
    if (!before || isActiveAdministrator(before) === isActiveAdministrator(after)) return false
    if (isActiveAdministrator(after)) left.add(id)
    else left.delete(id)
    return !isActiveAdministrator(after)
  })
  if (left.size > 0) return
  for (const { line } of lost) refuse(line, 'state', lastAdministrator)
}

interface Chart {
  people: readonly KnownPerson[]
  names: ReadonlyMap<string, string>
}

function refuseLoops(lines: readonly Line[], { people, names }: Chart, refuse: Refuse): void {
  const managerOf = new Map(people.map(({ id, managerId }) => [id, managerId]))
  for (const { id, after } of lines) managerOf.set(id, after.managerId)
  const moved = new Map(
    lines.filter(({ before, after }) => after.managerId !== (before?.managerId ?? null)).map((line) => [line.id, line]),
  )
  for (const { id, problem } of loopsOf({ managerOf, names, start: moved.keys() })) {
    const line = moved.get(id)
    if (line) refuse(line.line, 'managerEmail', problem)
  }
}

/** The whole plan. Nothing of it may be carried out while a line is refused: managers of others may be among them. */
export function planPeople(input: PlanInput): Plan {
  const { directory, sourceId } = input
  const refused: RefusedLine[] = []
  const emails = new Map(input.incoming.map(({ line, email = null }) => [line, email]))
  const refuse: Refuse = (line, path, problem) =>
    void refused.push({ ...problem, line, path, email: emails.get(line) ?? null })
  const lines = linesOf(input, refuse)
  const names = new Map(directory.people.map(({ id, name }) => [id, name]))
  for (const { id, after } of lines) names.set(id, after.name)
  setManagers(lines, input, refuse)
  setGroups(lines, directory.groups, refuse)
  refuseForeign(lines, sourceId, refuse)
  refuseTaken(lines, directory.people, refuse)
  refuseWithoutAdministrator(lines, directory.administratorIds, refuse)
  refuseLoops(lines, { people: directory.people, names }, refuse)

  const wrong = new Set(refused.map(({ line }) => line))
  const planned: PlannedPerson[] = lines.filter(({ line }) => !wrong.has(line))
  const isChanged = ({ before, after, groups }: PlannedPerson) =>
    before !== null && (!sameFields(before, after) || groups.add.length > 0 || groups.remove.length > 0)
  return {
    created: managersFirst(planned.filter(({ before }) => before === null)),
    changed: planned.filter(isChanged),
    unchanged: planned
      .filter((person) => person.before !== null && !isChanged(person))
      .map(({ line, id, after: { name, email, state } }) => ({ line, id, name, email, state })),
    refused: refused.sort((one, other) => one.line - other.line),
    names,
  }
}
