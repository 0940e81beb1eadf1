/** What a directory server is read with. */
import { FilterParser } from 'ldapts'
import { z } from 'zod'
import { fieldProblem } from '../../../domain/shared/field-errors.ts'
import { line } from '../../../platform/http/schemas.ts'
import { rule } from '../../../platform/http/validation-messages.ts'

export const directoryKinds = ['active_directory', 'openldap'] as const
export type DirectoryKind = (typeof directoryKinds)[number]

/** Where each field of a person stands: the first attribute that is there counts. */
export interface AttributeNames {
  id: string
  name: readonly string[]
  email: readonly string[]
  department: readonly string[]
  jobTitle: readonly string[]
  manager: readonly string[]
}

export interface DirectoryDefaults {
  attributes: AttributeNames
  peopleFilter: string
  groupsFilter: string
  members: readonly string[]
  /** What tells that an entry has changed. */
  changed: string
}

export const defaultsOf: Record<DirectoryKind, DirectoryDefaults> = {
  active_directory: {
    attributes: {
      id: 'objectGUID',
      name: ['displayName', 'cn'],
      email: ['mail'],
      department: ['department'],
      jobTitle: ['title'],
      manager: ['manager'],
    },
    peopleFilter: '(&(objectCategory=person)(objectClass=user)(mail=*))',
    groupsFilter: '(objectClass=group)',
    members: ['member'],
    changed: 'uSNChanged',
  },
  openldap: {
    attributes: {
      id: 'entryUUID',
      name: ['displayName', 'cn'],
      email: ['mail'],
      department: ['departmentNumber', 'ou'],
      jobTitle: ['title'],
      manager: ['manager'],
    },
    peopleFilter: '(&(objectClass=inetOrgPerson)(mail=*))',
    groupsFilter: '(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames))',
    members: ['member', 'uniqueMember'],
    changed: 'modifyTimestamp',
  },
}

const wrongUrl = fieldProblem('invalid_format', 'must be an ldap:// or ldaps:// address without a path', {
  format: 'url',
})
const credentials = fieldProblem('credentials_in_url', 'must not hold a user name or password')
const inClear = fieldProblem(
  'invalid',
  'sends the password in the clear: take ldaps://, or StartTLS. Only a server on this machine may be without',
)

function addressProblem(text: string) {
  if (!URL.canParse(text)) return wrongUrl
  const { protocol, hostname, pathname, search, username } = new URL(text)
  if (!/^ldaps?:$/.test(protocol) || hostname === '' || !/^\/?$/.test(pathname) || search !== '') return wrongUrl
  return username || text.includes('@') ? credentials : undefined
}

const isLoopback = (url: string) =>
  URL.canParse(url) && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(url).hostname)

const attribute = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,99}$/)
const count = (text: string, sign: string) => text.split(sign).length

/** The parser itself takes a filter whose last parenthesis is missing. */
function isFilter(text: string): boolean {
  if (!/^\(.*\)$/s.test(text) || count(text, '(') !== count(text, ')')) return false
  try {
    FilterParser.parseString(text)
    return true
  } catch {
    return false
  }
}

const notFilter = fieldProblem('invalid', 'must be an LDAP filter in parentheses, such as (mail=*)')
const filter = line(2000).superRefine(rule((text) => (isFilter(text) ? undefined : notFilter)))

export const ldapSettings = z
  .strictObject({
    directory: z.enum(directoryKinds),
    url: z.string().max(500).superRefine(rule(addressProblem)),
    startTls: z.boolean().default(false),
    bindDn: line(1000),
    peopleBase: line(1000),
    peopleFilter: filter.optional().meta({ description: 'Left out: everybody with a mail address' }),
    groupsBase: line(1000).nullable().default(null).meta({ description: 'null: no groups are read' }),
    groupsFilter: filter.optional(),
    attributes: z
      .strictObject({
        name: attribute.optional(),
        email: attribute.optional(),
        department: attribute.optional(),
        jobTitle: attribute.optional(),
        manager: attribute.optional(),
      })
      .default({})
      .meta({ description: 'Attributes that are other ones than usual' }),
    everyMinutes: z.int().min(5).max(1440).default(60),
  })
  .superRefine(
    rule(({ url, startTls }) => (/^ldap:/i.test(url) && !startTls && !isLoopback(url) ? inClear : undefined), ['url']),
  )
  .meta({ id: 'LdapSettings' })
export type LdapSettings = z.output<typeof ldapSettings>
