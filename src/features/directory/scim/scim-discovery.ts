/** What the service says of itself to clients of SCIM (RFC 7643, 5 to 7). */
import { enterpriseSchema, userSchema } from './scim-person.ts'

export const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const core = 'urn:ietf:params:scim:schemas:core:2.0'

/** The most that one page of a list holds. */
export const mostResults = 1000

type Attribute = Record<string, unknown>

interface Options {
  type?: string
  multiValued?: boolean
  required?: boolean
  caseExact?: boolean
  mutability?: string
  uniqueness?: string
  description?: string
  subAttributes?: Attribute[]
  referenceTypes?: string[]
  canonicalValues?: string[]
}

function attribute(name: string, options: Options = {}): Attribute {
  const { type = 'string' } = options
  const ofText = type === 'string' || type === 'reference' ? { caseExact: false, uniqueness: 'none' } : {}
  return {
    name,
    type,
    multiValued: false,
    description: name,
    required: false,
    ...ofText,
    mutability: 'readWrite',
    returned: 'default',
    ...options,
  }
}

const readOnly = { mutability: 'readOnly' }

function reference(name: string, referenceTypes: string[], options: Options = {}): Attribute {
  return attribute(name, { type: 'reference', referenceTypes, caseExact: true, ...options })
}

const userAttributes = [
  attribute('userName', {
    required: true,
    uniqueness: 'server',
    description: 'What the person is called at the source. Their e-mail address where emails has none.',
  }),
  attribute('name', {
    type: 'complex',
    description: 'Shown where there is no displayName.',
    subAttributes: ['formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix'].map(
      (part) => attribute(part),
    ),
  }),
  attribute('displayName', { description: 'The name that the portals and mails show.' }),
  attribute('title', { description: 'The job title.' }),
  attribute('active', {
    type: 'boolean',
    required: true,
    description: 'Whoever is not active is suspended: access, requests and credentials end. True where it is left out.',
  }),
  attribute('emails', {
    type: 'complex',
    multiValued: true,
    required: true,
    description: 'The primary one, else that for work, else the first is the address of the person.',
    subAttributes: [
      attribute('value', { required: true }),
      attribute('type', { canonicalValues: ['work', 'home', 'other'] }),
      attribute('display'),
      attribute('primary', { type: 'boolean' }),
    ],
  }),
  attribute('groups', {
    type: 'complex',
    multiValued: true,
    ...readOnly,
    description: 'The groups that the person is in directly.',
    subAttributes: [
      attribute('value', readOnly),
      attribute('display', readOnly),
      reference('$ref', ['Group'], readOnly),
      attribute('type', { ...readOnly, canonicalValues: ['direct'] }),
    ],
  }),
]

const enterpriseAttributes = [
  attribute('department'),
  attribute('manager', {
    type: 'complex',
    description: 'Another user, by id.',
    subAttributes: [attribute('value', { caseExact: true }), reference('$ref', ['User'])],
  }),
]

const groupAttributes = [
  attribute('displayName', { required: true, uniqueness: 'server' }),
  attribute('members', {
    type: 'complex',
    multiValued: true,
    description: 'Direct members. Whom an approved request put in is not among them.',
    subAttributes: [
      attribute('value', { mutability: 'immutable', caseExact: true }),
      reference('$ref', ['User'], { mutability: 'immutable' }),
      attribute('type', { mutability: 'immutable', canonicalValues: ['User'] }),
    ],
  }),
]

function schema(base: string, { id, name, attributes }: { id: string; name: string; attributes: Attribute[] }) {
  return {
    schemas: [`${core}:Schema`],
    id,
    name,
    description: name,
    attributes,
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
  }
}

/** @param base the address of `/scim/v2` */
export function schemasOf(base: string) {
  return [
    schema(base, { id: userSchema, name: 'User', attributes: userAttributes }),
    schema(base, { id: groupSchema, name: 'Group', attributes: groupAttributes }),
    schema(base, { id: enterpriseSchema, name: 'EnterpriseUser', attributes: enterpriseAttributes }),
  ]
}

export function resourceTypesOf(base: string) {
  const type = (name: string, schemaId: string) => ({
    schemas: [`${core}:ResourceType`],
    id: name,
    name,
    endpoint: `/${name}s`,
    description: name,
    schema: schemaId,
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${name}` },
  })
  return [
    { ...type('User', userSchema), schemaExtensions: [{ schema: enterpriseSchema, required: false }] },
    type('Group', groupSchema),
  ]
}

export function serviceProviderConfigOf(base: string) {
  return {
    schemas: [`${core}:ServiceProviderConfig`],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: mostResults },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Token of a people source',
        description: 'Authorization: Bearer, with a token that was made under Settings > People sources.',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
  }
}
