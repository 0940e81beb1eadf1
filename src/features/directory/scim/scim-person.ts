/** A person as SCIM sends and gets them (RFC 7643, 4.1 and 4.3), and as the directory keeps them. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { textProblem } from '../../../domain/shared/text.ts'
import { emailAddress, line } from '../../../platform/http/schemas.ts'
import { inputWords, rule } from '../../../platform/http/validation-messages.ts'
import { badRequest } from './scim-error.ts'

export const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const enterpriseSchema = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

/** Kept as it was sent: not made regular, only nothing that cannot be stored. */
const text = z
  .string()
  .max(1000)
  .superRefine(rule((value) => textProblem(value, 1000)))

/** Clients say "nothing" in several ways (RFC 7643, 2.5). */
const nothing = z.preprocess((value) => (value === null || value === '' ? undefined : value), text.optional())

export const nameParts = [
  'formatted',
  'familyName',
  'givenName',
  'middleName',
  'honorificPrefix',
  'honorificSuffix',
] as const
const name = z.object(
  Object.fromEntries(nameParts.map((part) => [part, nothing])) as Record<(typeof nameParts)[number], typeof nothing>,
)
export type Name = Partial<Record<(typeof nameParts)[number], string | undefined>>

const truth = z.preprocess(
  (value) => (typeof value === 'string' && /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : value),
  z.boolean('must be true or false'),
)

const email = z.preprocess(
  (value) => (typeof value === 'string' ? { value } : value),
  z.object({
    value: nothing,
    type: nothing,
    display: nothing,
    primary: truth.nullish().transform((it) => it ?? undefined),
  }),
)
export type Email = {
  value?: string | undefined
  type?: string | undefined
  display?: string | undefined
  primary?: boolean | undefined
}

/** `{value}`, `{$ref}`, an id, or nothing. */
function managerIn(value: unknown): unknown {
  const one: unknown = Array.isArray(value) ? value[0] : value
  if (typeof one !== 'object' || one === null) return one === '' ? undefined : (one ?? undefined)
  const { value: id, $ref } = one as { value?: unknown; $ref?: unknown }
  return managerIn(id ?? (typeof $ref === 'string' ? $ref.split('/').at(-1) : undefined))
}

const manager = z.preprocess(managerIn, text.optional())

/** What of a person SCIM can say here. What else a client sends is not kept. */
export const personShape = z.object({
  externalId: nothing,
  userName: text.min(1, 'is required'),
  displayName: nothing,
  name: name.nullish().transform((it) => it ?? undefined),
  title: nothing,
  active: truth.nullish().transform((it) => it ?? undefined),
  emails: z
    .preprocess(
      (value) => (value === null || value === undefined ? [] : Array.isArray(value) ? value : [value]),
      z.array(email).max(20),
    )
    .transform((list) => list.filter(({ value }) => value !== undefined)),
  department: nothing,
  manager,
})
export type ScimPerson = z.output<typeof personShape>

/** What a row of the directory says of a person. */
export interface PersonRow {
  id: string
  name: string
  email: string
  department: string | null
  jobTitle: string | null
  state: 'staged' | 'activated' | 'suspended'
  managerId: string | null
  sourceId: string | null
  externalId: string | null
  sourceProfile: Record<string, unknown>
  createdAt: string
  updatedAt: string
}

/** What is kept for the source alone. */
interface Profile {
  userName?: string | undefined
  displayName?: string | undefined
  name?: Name | undefined
  emails?: Email[] | undefined
}

const usualEmails = (address: string): Email[] => [{ value: address, type: 'work', primary: true }]

function addressIn({ emails, userName }: Pick<ScimPerson, 'emails' | 'userName'>): string {
  const found =
    emails.find(({ primary }) => primary) ?? emails.find(({ type }) => type?.toLowerCase() === 'work') ?? emails[0]
  return found?.value ?? userName
}

function nameIn({ displayName, name: parts, userName }: ScimPerson): string {
  const whole = [parts?.givenName, parts?.middleName, parts?.familyName].filter(Boolean).join(' ')
  return displayName ?? parts?.formatted ?? (whole || userName)
}

/** What the directory keeps, by the name that it has in what was sent. */
const kept = z.object({
  displayName: line(),
  emails: emailAddress,
  department: line().nullable(),
  title: line().nullable(),
})

/** @throws ScimError 400 `invalidValue` with the first field that is wrong */
export function check<T>(schema: z.ZodType<T>, value: unknown, prefix = ''): T {
  const result = schema.safeParse(value, { error: inputWords, reportInput: true })
  if (result.success) return result.data
  const [issue] = result.error.issues
  const path = [prefix, ...(issue?.path.map(String) ?? [])].filter(Boolean).join('.')
  throw badRequest('invalidValue', `${path ? `${path}: ` : ''}${issue?.message ?? 'is not valid'}`)
}

/** What SCIM said of them, as it was sent; of somebody that no source has described, what the directory says. */
export function personOf(row: PersonRow): ScimPerson {
  const profile: Profile = row.sourceProfile
  const isDescribed = Object.keys(profile).length > 0
  return {
    externalId: row.externalId ?? undefined,
    userName: profile.userName ?? row.email,
    displayName: isDescribed ? profile.displayName : row.name,
    name: profile.name,
    title: row.jobTitle ?? undefined,
    active: row.state === 'activated',
    emails: (profile.emails ?? usualEmails(row.email)).map((one) => ({
      display: undefined,
      primary: undefined,
      type: undefined,
      value: undefined,
      ...one,
    })),
    department: row.department ?? undefined,
    manager: row.managerId ?? undefined,
  }
}

/**
 * What the directory keeps of what SCIM says. Who is not active is suspended; whoever is only staged stays so.
 * @throws ScimError 400 `invalidValue`
 */
export function directoryOf(person: ScimPerson, before?: PersonRow) {
  const { displayName, emails, department, title } = check(kept, {
    displayName: nameIn(person),
    emails: addressIn(person),
    department: person.department ?? null,
    title: person.title ?? null,
  })
  const fields = { name: displayName, email: emails, department, jobTitle: title }
  return {
    ...fields,
    externalId: person.externalId ?? null,
    sourceProfile: profileOf(person, fields.email),
    ...stateOf(person, before),
  }
}

/** Without what was not said, as JSON keeps it. */
function profileOf({ userName, displayName, name, emails }: ScimPerson, email: string): Record<string, unknown> {
  const profile: Profile = { userName: userName === email ? undefined : userName, displayName, name, emails }
  return JSON.parse(JSON.stringify(profile)) as Record<string, unknown>
}

/** Nothing where it stays as it is. */
function stateOf({ active }: ScimPerson, before?: PersonRow): { state?: 'activated' | 'suspended' } {
  const wasActive = before ? before.state === 'activated' : undefined
  const isActive = active ?? wasActive ?? true
  if (isActive === wasActive) return {}
  return { state: isActive ? 'activated' : 'suspended' }
}

/** Changes whenever anything of the person does that SCIM shows, but for their groups. */
export function versionOf(row: PersonRow): string {
  const digest = createHash('sha256').update(JSON.stringify([personOf(row), row.state, row.sourceId]))
  return `W/"${digest.digest('base64url').slice(0, 22)}"`
}

export interface GroupOfPerson {
  id: string
  name: string
}

/** @param base the address of `/scim/v2` */
export function presentPerson(base: string, row: PersonRow, groups: readonly GroupOfPerson[]) {
  const { manager: managerId, department, ...person } = personOf(row)
  const enterprise = {
    department,
    manager: managerId ? { value: managerId, $ref: `${base}/Users/${managerId}` } : undefined,
  }
  const isExtended = department !== undefined || managerId !== undefined
  return {
    schemas: [userSchema, ...(isExtended ? [enterpriseSchema] : [])],
    id: row.id,
    ...person,
    ...(groups.length > 0
      ? {
          groups: groups.map(({ id, name: display }) => ({
            value: id,
            display,
            $ref: `${base}/Groups/${id}`,
            type: 'direct',
          })),
        }
      : {}),
    ...(isExtended ? { [enterpriseSchema]: enterprise } : {}),
    meta: {
      resourceType: 'User',
      created: row.createdAt,
      lastModified: row.updatedAt,
      location: `${base}/Users/${row.id}`,
      version: versionOf(row),
    },
  }
}
