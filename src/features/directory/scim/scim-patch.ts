/** PATCH of SCIM (RFC 7644, 3.5.2), also as Okta and Entra write it. Nothing is changed here: what comes out is. */
import { z } from 'zod'
import { badRequest } from './scim-error.ts'
import type { Filter } from './scim-filter.ts'
import { type Fields, isExtension, isFields, type Kind, type Target, targetOf, withPartNames } from './scim-path.ts'
import { check, type Email, nameParts, personShape, type ScimPerson } from './scim-person.ts'

type Verb = 'add' | 'replace' | 'remove'

/** One thing to be done. */
interface Step {
  verb: Verb
  target: Target
  value: unknown
}

const mostOperations = 1000

const operation = z.object({
  op: z
    .string('op: must be add, replace or remove')
    .transform((op) => op.toLowerCase())
    .pipe(z.enum(['add', 'replace', 'remove'], 'op: must be add, replace or remove')),
  path: z.string('path: must be a string').nullish(),
  value: z.unknown().optional(),
})

/** `Operations`, whatever the case of its letters. @throws ScimError 400 `invalidSyntax` */
function operationsOf(body: unknown): z.output<typeof operation>[] {
  const fields = isFields(body) ? body : {}
  const key = Object.keys(fields).find((name) => name.toLowerCase() === 'operations')
  const list = key === undefined ? undefined : fields[key]
  if (!Array.isArray(list) || list.length === 0)
    throw badRequest('invalidSyntax', 'Operations: must be a list with at least one operation.')
  if (list.length > mostOperations) throw badRequest('tooMany', `Send at most ${mostOperations} operations at once.`)
  return list.map((one, index) => {
    const { data, error } = operation.safeParse(one)
    if (error) throw badRequest('invalidSyntax', `Operations.${index}: ${error.issues[0]?.message}`)
    return data
  })
}

/** @throws ScimError 400 as RFC 7644 names them */
export function stepsOf(kind: Kind, body: unknown): Step[] {
  return operationsOf(body).flatMap(({ op: verb, path, value }) => {
    if (verb !== 'remove' && value === undefined) throw badRequest('invalidSyntax', `${verb} needs a value.`)
    if (path) return stepsAt(kind, { verb, path, value }, true)
    if (verb === 'remove') throw badRequest('noTarget', 'remove needs a path.')
    if (!isFields(value)) throw badRequest('invalidSyntax', `${verb} without a path needs an object.`)
    return stepsIn(kind, verb, value)
  })
}

/** The members of an object are targets themselves. */
function stepsIn(kind: Kind, verb: Verb, value: Fields): Step[] {
  return Object.entries(value).flatMap(([path, one]) => stepsAt(kind, { verb, path, value: one }, false))
}

function stepsAt(
  kind: Kind,
  { verb, path, value }: { verb: Verb; path: string; value: unknown },
  isExplicit: boolean,
): Step[] {
  const target = targetOf(kind, path, { isExplicit })
  if (target === null) return []
  if (target.attribute !== 'enterprise') return [{ verb, target, value: withPartNames(value) }]
  // RFC 7643, 2.5: null says that there is none.
  if (verb === 'remove' || (verb === 'replace' && value === null))
    return ['department', 'manager'].map((attribute) => ({
      verb: 'remove',
      target: { ...target, attribute },
      value: undefined,
    }))
  if (!isFields(value)) throw badRequest('invalidValue', 'The extension has to be an object.')
  // An extension in an extension is none of ours.
  const inside = Object.entries(value).filter(([path]) => !isExtension(path))
  return stepsIn(kind, verb, Object.fromEntries(inside))
}

/** As text in lower case; null for nothing. */
const lowered = (value: unknown) =>
  typeof value === 'string' || typeof value === 'boolean' ? String(value).toLowerCase() : null

type Condition = Extract<Filter, { value: unknown }>

/** Texts are compared without case. */
function fulfils(value: unknown, { op, value: wanted }: Condition): boolean {
  const [left, right] = [lowered(value), lowered(wanted)]
  if (op === 'eq' || op === 'ne') return (left === right) === (op === 'eq')
  if (op !== 'co' && op !== 'sw' && op !== 'ew')
    throw badRequest('invalidFilter', `${op} does not go with the values of a list.`)
  if (left === null || right === null) return false
  if (op === 'co') return left.includes(right)
  return op === 'sw' ? left.startsWith(right) : left.endsWith(right)
}

/** Whether a value of a list is meant. */
function isMeant(filter: Filter, value: Fields): boolean {
  switch (filter.op) {
    case 'and':
      return filter.filters.every((one) => isMeant(one, value))
    case 'or':
      return filter.filters.some((one) => isMeant(one, value))
    case 'not':
      return !isMeant(filter.filter, value)
    case 'some':
      throw badRequest('invalidFilter', 'A list in a list cannot be filtered.')
    default: {
      const found = Object.entries(value).find(([key]) => key.toLowerCase() === filter.attribute)?.[1]
      if (filter.op === 'pr') return found !== undefined && found !== null && found !== ''
      return fulfils(found, filter)
    }
  }
}

/** What a condition says of values that are to be made: `type eq "work"`. */
function impliedBy(filter: Filter): Fields | undefined {
  if (filter.op === 'eq') return { [filter.attribute]: filter.value }
  if (filter.op !== 'and') return undefined
  const all = filter.filters.map(impliedBy)
  return all.every((one) => one !== undefined) ? Object.assign({}, ...all) : undefined
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])
const asFields = (value: unknown): Fields => (isFields(value) ? { ...value } : { value })

function withoutSome(list: Fields[], { target: { filter, part }, value }: Step): Fields[] {
  if (filter) {
    if (part === undefined) return list.filter((one) => !isMeant(filter, one))
    return list.map((one) => (isMeant(filter, one) ? { ...one, [part]: undefined } : one))
  }
  if (part !== undefined) return list.map((one) => ({ ...one, [part]: undefined }))
  if (value === undefined || value === null) return []
  const gone = new Set(listOf(value).map((one) => asFields(one)['value']))
  return list.filter((one) => !gone.has(one['value']))
}

function changedSome(list: Fields[], { verb, target: { filter, part }, value }: Step): Fields[] {
  const change = part === undefined ? asFields(value) : { [part]: value }
  const means = (one: Fields) => filter === undefined || isMeant(filter, one)
  if (list.some(means)) return list.map((one) => (means(one) ? { ...one, ...change } : one))
  const implied = filter ? impliedBy(filter) : {}
  if (implied === undefined) throw badRequest('noTarget', `No value of the list is meant, so nothing can be ${verb}d.`)
  return [...list, { ...implied, ...change }]
}

function patchedEmails(list: Email[], step: Step): unknown[] {
  const { verb, target, value } = step
  const before: Fields[] = list.map((one) => ({ ...one }))
  if (verb === 'remove') return withoutSome(before, step)
  if (target.filter || target.part !== undefined) return onePrimary(changedSome(before, step), before)
  const values = listOf(value ?? []).map(asFields)
  if (verb === 'replace') return values
  const isNew = (one: Fields) => !before.some((other) => other['value'] === one['value'])
  return onePrimary([...before, ...values.filter(isNew)], before)
}

/** What becomes primary takes that from what was (RFC 7644, 3.5.2). */
function onePrimary(after: Fields[], before: Fields[]): Fields[] {
  const was = before.findIndex(({ primary }) => primary === true)
  const others = after.filter(({ primary }, index) => primary === true && index !== was)
  if (others.length === 0 || was === -1) return after
  return after.map((one, index) => (index === was ? { ...one, primary: false } : one))
}

const namePartNames: ReadonlySet<string> = new Set(nameParts)

function patchedName(name: Fields | undefined, { verb, target: { part }, value }: Step): Fields | undefined {
  if (part !== undefined && !namePartNames.has(part))
    throw badRequest('invalidPath', `name has no ${part.slice(0, 100)}.`)
  if (part !== undefined) return { ...name, [part]: verb === 'remove' ? undefined : value }
  if (verb === 'remove' || value === null) return undefined
  if (!isFields(value)) throw badRequest('invalidValue', 'name: must be an object')
  return { ...name, ...value }
}

function patchedManager({ verb, target: { part }, value }: Step, before: unknown): unknown {
  // The name beside the id is ours to say.
  if (part !== undefined && part !== 'value' && part !== '$ref') return before
  if (verb === 'remove') return undefined
  return part === '$ref' ? { $ref: value } : value
}

function patched(person: ScimPerson, step: Step): Fields {
  const { verb, target, value } = step
  const { attribute, part, filter } = target
  if (attribute === 'emails') return { emails: patchedEmails(person.emails, step) }
  if (filter !== undefined) throw badRequest('invalidPath', `${attribute} is no list.`)
  if (attribute === 'name') return { name: patchedName(person.name, step) }
  if (attribute === 'manager') return { manager: patchedManager(step, person.manager) }
  if (part !== undefined) throw badRequest('invalidPath', `${attribute} has no parts.`)
  if (verb === 'remove' && attribute === 'userName') throw badRequest('mutability', 'userName is required.')
  return { [attribute]: verb === 'remove' ? undefined : value }
}

/** @throws ScimError 400 as RFC 7644 names them */
export function patchPerson(person: ScimPerson, body: unknown): ScimPerson {
  return stepsOf('person', body).reduce(
    (before, step) => check(personShape, { ...before, ...patched(before, step) }),
    person,
  )
}

/** What a change does to the members of a group, as sets of ids. */
export interface MembersChange {
  /** Everybody else goes. */
  isWhole: boolean
  add: Set<string>
  remove: Set<string>
}

export interface GroupChange {
  displayName?: unknown
  externalId?: unknown
  members: MembersChange
}

/** A member by id, or as an object with it. @throws ScimError 400 `invalidValue` */
export function memberIdOf(value: unknown): string {
  const one = isFields(value) ? (withPartNames(value) as Fields) : { value }
  const { value: id, type, $ref } = one
  if (typeof type === 'string' && type.toLowerCase() !== 'user')
    throw badRequest('invalidValue', 'members: only users can be members, no groups.')
  if (typeof $ref === 'string' && /\/Groups\//i.test($ref))
    throw badRequest('invalidValue', 'members: only users can be members, no groups.')
  if (typeof id !== 'string' || id === '')
    throw badRequest('invalidValue', 'members: each needs the id of a user as value.')
  return id.toLowerCase()
}

/** The ids that `members[value eq "…"]` names. @throws ScimError 400 `invalidFilter` */
function idsIn(filter: Filter): string[] {
  if (filter.op === 'or') return filter.filters.flatMap(idsIn)
  if (filter.op === 'eq' && filter.attribute === 'value' && typeof filter.value === 'string')
    return [filter.value.toLowerCase()]
  throw badRequest('invalidFilter', 'Name members as members[value eq "id"].')
}

function changeMembers(members: MembersChange, { verb, target: { filter }, value }: Step): void {
  const ids = filter ? idsIn(filter) : listOf(value ?? []).map(memberIdOf)
  const isAll = verb === 'replace' || (verb === 'remove' && (value ?? null) === null)
  if (isAll && !filter) {
    members.isWhole = true
    members.add.clear()
    members.remove.clear()
  }
  const [into, outOf] = verb === 'remove' ? [members.remove, members.add] : [members.add, members.remove]
  for (const id of ids) {
    outOf.delete(id)
    into.add(id)
  }
}

/** @throws ScimError 400 as RFC 7644 names them */
export function groupChangeOf(body: unknown): GroupChange {
  const change: GroupChange = { members: { isWhole: false, add: new Set(), remove: new Set() } }
  for (const step of stepsOf('group', body)) {
    const { attribute, part } = step.target
    if (attribute === 'members') {
      if (part !== undefined && part !== 'value')
        throw badRequest('mutability', 'A member is put in or taken out as a whole.')
      changeMembers(change.members, step)
    } else if (attribute === 'displayName') {
      if (step.verb === 'remove') throw badRequest('mutability', 'displayName is required.')
      change.displayName = step.value
    } else if (attribute === 'externalId') change.externalId = step.verb === 'remove' ? null : step.value
    else throw badRequest('invalidPath', 'A group has no extension.')
  }
  return change
}
