/** Where a PATCH points to, and bodies whose names are written as this service writes them (RFC 7644, 3.5.2; RFC 7643, 2.1). */
import { badRequest } from './scim-error.ts'
import { attributeName, type Filter, parseFilter } from './scim-filter.ts'
import { enterpriseSchema, nameParts } from './scim-person.ts'

/** Attributes of RFC 7643 that a client may send and nothing is done with. */
const notKept = new Set(
  [
    ...['nickName', 'profileUrl', 'userType', 'preferredLanguage', 'locale', 'timezone', 'password', 'phoneNumbers'],
    ...['ims', 'photos', 'addresses', 'entitlements', 'roles', 'x509Certificates', 'employeeNumber', 'costCenter'],
    ...['organization', 'division', 'mail', 'mailNickname'],
  ].map((name) => name.toLowerCase()),
)

/** Of the service: a client sends them back and cannot change them. */
const readOnly = new Set(['id', 'meta', 'schemas', 'groups'])

const byLowerCase = (names: readonly string[]) => new Map(names.map((name) => [name.toLowerCase(), name]))

const personAttributes = byLowerCase([
  ...['externalId', 'userName', 'displayName', 'name', 'title', 'active', 'emails', 'department', 'manager'],
])
const groupAttributes = byLowerCase(['externalId', 'displayName', 'members'])
const parts = byLowerCase([...nameParts, 'value', 'type', 'primary', 'display', '$ref'])

export type Kind = 'person' | 'group'
const attributesOf: Record<Kind, Map<string, string>> = { person: personAttributes, group: groupAttributes }

export interface Target {
  /** As this service writes it; `enterprise` is the extension as a whole. */
  attribute: string
  /** Which values of a list. */
  filter: Filter | undefined
  part: string | undefined
}

const shape = /^([a-z$][\w$-]*)(?:\[(.*)\])?(?:\.([\w$]+))?$/is

/**
 * What a path points to; null for what is not kept, or nobody but the service changes.
 * @throws ScimError 400 `invalidPath`, `invalidFilter`, and `mutability` where a path names what is read-only
 */
export function targetOf(kind: Kind, path: string, { isExplicit }: { isExplicit: boolean }): Target | null {
  if (path.toLowerCase() === enterpriseSchema.toLowerCase())
    return { attribute: 'enterprise', filter: undefined, part: undefined }
  const { name, condition, part } = splitPath(path)
  const attribute = attributesOf[kind].get(name)
  if (attribute === undefined) return refuseUnlessKnown(name, { path, isExplicit })
  const filter = condition === undefined ? undefined : parseFilter(condition)
  return { attribute, filter, part: part === undefined ? undefined : (parts.get(part.toLowerCase()) ?? part) }
}

/** Of a path without its schema: the name in lower case (of another extension's attribute all of it), condition and part. */
function splitPath(path: string): { name: string; condition?: string | undefined; part?: string | undefined } {
  const bracket = path.indexOf('[')
  const prefix = attributeName(bracket === -1 ? path : path.slice(0, bracket))
  if (prefix.startsWith('urn:')) return { name: prefix }
  const plain = prefix + (bracket === -1 ? '' : path.slice(bracket))
  const [, name = '', condition, part] = path.length > 2000 ? [] : (shape.exec(plain) ?? [])
  return { name: name.toLowerCase(), condition, part }
}

function refuseUnlessKnown(name: string, { path, isExplicit }: { path: string; isExplicit: boolean }): null {
  if (readOnly.has(name) && isExplicit) throw badRequest('mutability', `${name} is read-only.`)
  // Another extension's attributes are none of ours.
  if (readOnly.has(name) || notKept.has(name) || name.startsWith('urn:')) return null
  throw badRequest('invalidPath', `There is no attribute ${path.slice(0, 100)}.`)
}

export type Fields = Record<string, unknown>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The same with the names of sub-attributes as this service writes them. */
export function withPartNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPartNames)
  if (!isFields(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [parts.get(key.toLowerCase()) ?? key, one]))
}

/** A whole resource as it was sent, its names as this service writes them; what is not kept is left out. */
export function regular(kind: Kind, body: Fields): Fields {
  const found: Fields = {}
  for (const [key, value] of Object.entries(body)) {
    const name = attributeName(key)
    const attribute = attributesOf[kind].get(name)
    if (attribute) found[attribute] = withPartNames(value)
    else if (key.toLowerCase() === enterpriseSchema.toLowerCase() && isFields(value))
      Object.assign(found, regular(kind, value))
  }
  return found
}
