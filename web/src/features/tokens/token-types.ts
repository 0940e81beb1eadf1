import type { components } from '../../api/schema.d.ts'

export type ApiToken = components['schemas']['ApiToken']
export type NewApiToken = components['schemas']['NewApiToken']
export type Scope = NonNullable<ApiToken['scopes']>[number]

const ofEverybody = ['requests:read', 'requests:write'] as const satisfies readonly Scope[]
const ofAdministrators = [
  'directory:read',
  'directory:write',
  'audit:read',
  'settings:read',
  'settings:write',
] as const satisfies readonly Scope[]

/** Scopes that let a token do something its user may do. */
export function scopesFor(isAdministrator: boolean): readonly Scope[] {
  return isAdministrator ? [...ofEverybody, ...ofAdministrators] : ofEverybody
}

/** Where the words of each scope stand. */
export const scopeWords = {
  'requests:read': 'scope.requestsRead',
  'requests:write': 'scope.requestsWrite',
  'directory:read': 'scope.directoryRead',
  'directory:write': 'scope.directoryWrite',
  'audit:read': 'scope.auditRead',
  'settings:read': 'scope.settingsRead',
  'settings:write': 'scope.settingsWrite',
  scim: 'scope.scim',
} as const satisfies Record<Scope, string>
