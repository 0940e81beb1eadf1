/** People and groups as a directory server has them, in our words. */
import type { IncomingPerson } from '../../../domain/directory/plan.ts'
import type { FieldProblem } from '../../../domain/shared/field-errors.ts'
import { check } from '../../../platform/http/parse.ts'
import { emailAddress, line } from '../../../platform/http/schemas.ts'
import type { Entry } from './ldap.client.ts'
import { type AttributeNames, defaultsOf, type LdapSettings } from './ldap.settings.ts'

export interface ReadPerson extends Omit<IncomingPerson, 'manager' | 'groups' | 'removedAt'> {
  dn: string
  managerDn: string | null
  problems: { path: string; problem: FieldProblem }[]
}

export interface ReadGroup {
  dn: string
  key: string
  name: string
  memberDns: string[]
}

/** Attributes that are asked for, and how they are called here. */
export function attributesOf({ directory, attributes }: LdapSettings): AttributeNames {
  const usual = defaultsOf[directory].attributes
  const own = Object.entries(attributes).flatMap(([field, name]) => (name ? [[field, [name]]] : []))
  return { ...usual, ...(Object.fromEntries(own) as Partial<AttributeNames>) }
}

/** What tells that somebody may not sign in there: each kind of server has its own. */
export const disabling = ['userAccountControl', 'pwdAccountLockedTime', 'nsAccountLock'] as const

/** Names of entries are the same in any case, and with or without blanks after commas. */
export const sameDn = (dn: string): string => dn.toLowerCase().replaceAll(/(?<!\\)\s*([,=+])\s*/g, '$1')

function valuesOf(entry: Entry, names: readonly string[]): (string | Buffer)[] {
  for (const name of names) {
    // Servers give names back in their own case.
    const found = Object.keys(entry).find((key) => key.toLowerCase() === name.toLowerCase())
    const values = [found === undefined ? [] : (entry[found] ?? [])].flat().filter((value) => value.length > 0)
    if (values.length > 0) return values
  }
  return []
}

export function textOf(entry: Entry, names: readonly string[]): string | null {
  const [value] = valuesOf(entry, names)
  return value === undefined ? null : value.toString()
}

export const textsOf = (entry: Entry, names: readonly string[]): string[] =>
  valuesOf(entry, names).map((value) => value.toString())

/** The id of an entry, which stays the same when it is renamed or moved. Active Directory has it as bytes, the first half turned. */
export function idOf(entry: Entry, name: string): string | null {
  const [value] = valuesOf(entry, [name])
  if (value === undefined) return null
  if (typeof value === 'string') return value
  if (value.length !== 16) return value.toString('hex')
  const hex = (from: number, to: number) => value.subarray(from, to).toString('hex')
  const turned = (from: number, to: number) => Buffer.from(value.subarray(from, to)).reverse().toString('hex')
  return [turned(0, 4), turned(4, 6), turned(6, 8), hex(8, 10), hex(10, 16)].join('-')
}

const accountDisabled = 2
/** Of OpenLDAP, for an account that was locked by hand; any other moment is a lock after wrong passwords, which ends by itself. */
const lockedForGood = /^0000/

function isDisabled(entry: Entry): boolean {
  const control = Number(textOf(entry, ['userAccountControl']) ?? 0)
  const locked = textOf(entry, ['pwdAccountLockedTime'])
  const isLocked = locked !== null && lockedForGood.test(locked)
  return (control & accountDisabled) !== 0 || isLocked || textOf(entry, ['nsAccountLock'])?.toLowerCase() === 'true'
}

const lineSchema = line()

/** @param line the number in what the server has sent */
export function personOf(entry: Entry, names: AttributeNames, line: number): ReadPerson | undefined {
  const key = idOf(entry, names.id)
  if (key === null) return undefined
  const problems: ReadPerson['problems'] = []
  const read = (path: 'name' | 'email' | 'department' | 'jobTitle') => {
    const text = textOf(entry, names[path])
    if (text === null) return null
    const { value, errors } = check(path === 'email' ? emailAddress : lineSchema, text)
    for (const problem of errors) problems.push({ path, problem })
    return errors.length > 0 ? null : value
  }
  const fields = { name: read('name') ?? undefined, email: read('email') ?? undefined }
  return {
    line,
    key,
    dn: entry.dn,
    ...fields,
    department: read('department'),
    jobTitle: read('jobTitle'),
    state: isDisabled(entry) ? 'suspended' : 'activated',
    managerDn: textOf(entry, names.manager),
    problems,
  }
}
