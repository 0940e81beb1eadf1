/** Lists, parts of resources, and errors as SCIM sends them (RFC 7644, 3.4.2, 3.9 and 3.12). */
import type { Response } from 'express'
import type { ScimError } from './scim-error.ts'
import { attributeName } from './scim-filter.ts'
import { isFields } from './scim-path.ts'
import { enterpriseSchema } from './scim-person.ts'

export interface Selection {
  attributes?: string[] | undefined
  excludedAttributes?: string[] | undefined
}

type Resource = Record<string, unknown>

const always = new Set(['schemas', 'id'])

const namesOf = (list: string[] | undefined) => new Set(list?.map((path) => attributeName(path.trim())).filter(Boolean))

/** Whether an attribute is asked for: then it need not be read. `name` is in lower case. */
export function isWanted({ attributes, excludedAttributes }: Selection, name: string): boolean {
  const wanted = namesOf(attributes)
  if (wanted.size > 0) return [...wanted].some((one) => one === name || one.startsWith(`${name}.`))
  return !namesOf(excludedAttributes).has(name)
}

function part(value: unknown, names: ReadonlySet<string>, { name, keeps }: { name: string; keeps: boolean }): unknown {
  const inside = [...names].filter((one) => one.startsWith(`${name}.`)).map((one) => one.slice(name.length + 1))
  if (names.has(name) || inside.length === 0) return names.has(name) === keeps ? value : undefined
  const of = (one: unknown) =>
    isFields(one)
      ? Object.fromEntries(Object.entries(one).filter(([key]) => inside.includes(key.toLowerCase()) === keeps))
      : one
  return Array.isArray(value) ? value.map(of) : of(value)
}

function chosen(resource: Resource, names: ReadonlySet<string>, keeps: boolean): Resource {
  const kept = Object.entries(resource).map(([key, value]): [string, unknown] => {
    if (always.has(key)) return [key, value]
    const name = key === enterpriseSchema ? key.toLowerCase() : key.toLowerCase()
    if (key === enterpriseSchema && isFields(value) && names.has(name) !== true) {
      const inside = chosen(value, names, keeps)
      return [key, Object.values(inside).some((one) => one !== undefined) ? inside : undefined]
    }
    const rest = part(value, names, { name, keeps })
    // Where nothing is excluded everything stays.
    return [key, rest === undefined && !keeps && !names.has(name) ? value : rest]
  })
  return Object.fromEntries(kept)
}

/** The resource with what was asked for, or without what was not wanted. */
export function selected(resource: Resource, { attributes, excludedAttributes }: Selection): Resource {
  const [wanted, unwanted] = [namesOf(attributes), namesOf(excludedAttributes)]
  if (wanted.size > 0) return chosen(resource, wanted, true)
  return unwanted.size > 0 ? chosen(resource, unwanted, false) : resource
}

export function listOf(
  resources: readonly Resource[],
  { total, startIndex = 1 }: { total: number; startIndex?: number },
) {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: total,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  }
}

export function sendScim(res: Response, status: number, body?: unknown): void {
  res.status(status)
  if (body === undefined) res.end()
  else res.type('application/scim+json').send(JSON.stringify(body))
}

export function sendScimError(res: Response, { status, message, scimType, retryAfter }: ScimError): void {
  if (status === 401) res.setHeader('WWW-Authenticate', 'Bearer')
  if (retryAfter !== undefined) res.setHeader('Retry-After', String(retryAfter))
  sendScim(res, status, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    ...(scimType ? { scimType } : {}),
    detail: message,
  })
}
