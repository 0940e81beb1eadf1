/** Who may use a route at all: the caller's role, and the scopes of an API token. */
import { describe, expect, test } from 'vitest'
import { type Ability, type Actor, abilities, mayUse, scopes } from '../../src/domain/abilities.ts'

const anyone: Ability[] = ['service.observe', 'company.read', 'session.open', 'password.reset']
const everyUser: [Ability, string | null][] = [
  ['session.use', null],
  ['logos.read', null],
  ['tokens.own', 'settings:write'],
  ['preferences.own', 'settings:write'],
  ['catalog.read', 'requests:read'],
  ['requests.submit', 'requests:write'],
  ['requests.own', 'requests:read'],
  ['request.view', 'requests:read'],
  ['request.review', 'requests:read'],
  ['request.decide', 'requests:write'],
  ['request.withdraw', 'requests:write'],
  ['grants.return', 'requests:write'],
]
const administrators: [Ability, string][] = [
  ['queue.read', 'requests:read'],
  ['request.override', 'requests:write'],
  ['grants.read', 'requests:read'],
  ['grants.revoke', 'requests:write'],
  ['flows.read', 'directory:read'],
  ['flows.write', 'directory:write'],
  ['directory.read', 'directory:read'],
  ['directory.write', 'directory:write'],
  ['audit.read', 'audit:read'],
  ['settings.read', 'settings:read'],
  ['settings.write', 'settings:write'],
  ['views.read', 'requests:read'],
  ['views.write', 'settings:write'],
  ['mails.read', 'settings:read'],
  ['mails.write', 'settings:write'],
  ['engine.decode', 'audit:read'],
  ['sources.read', 'settings:read'],
  ['sources.write', 'settings:write'],
  ['scim.use', 'scim'],
]
/** Never with a token, whatever its scopes. */
const signedIn: [Ability, string[]][] = [
  ['password.own', []],
  ['credentials.own', []],
  ['credentials.write', ['admin']],
]
const caller = (roles: string[], scopes?: readonly string[]): Actor => ({ id: 'a', name: '', email: '', roles, scopes })

test('every ability stands in one of these tables', () => {
  const known = [...anyone, ...[...everyUser, ...administrators, ...signedIn].map(([ability]) => ability)]

  expect(known.sort()).toEqual(Object.keys(abilities).sort())
})

test.each(anyone)('anyone at all may use %s', (ability) => {
  expect(mayUse(null, ability)).toBe(true)
  expect(mayUse(caller([], []), ability)).toBe(true)
})

describe.each(everyUser)('%s', (ability, scope) => {
  test('is for everyone who is signed in', () => {
    expect(mayUse(null, ability)).toBe(false)
    expect(mayUse(caller([]), ability)).toBe(true)
    expect(mayUse(caller(['admin']), ability)).toBe(true)
  })

  test(`takes ${scope ?? 'no'} scope of a token`, () => {
    const others = scopes.filter((one) => one !== scope)

    expect(mayUse(caller([], scope === null ? [] : [scope]), ability)).toBe(true)
    expect(mayUse(caller([], others), ability)).toBe(scope === null)
    expect(mayUse(caller([], []), ability)).toBe(scope === null)
  })
})

test.each(signedIn)('%s is for people who have signed in, and for no token', (ability, roles) => {
  expect(mayUse(null, ability)).toBe(false)
  expect(mayUse(caller(roles), ability)).toBe(true)
  expect(mayUse(caller(roles, [...scopes, 'session']), ability)).toBe(false)
  expect(mayUse(caller([]), ability)).toBe(roles.length === 0)
})

describe.each(administrators)('%s', (ability, scope) => {
  test('is for administrators only', () => {
    expect(mayUse(null, ability)).toBe(false)
    expect(mayUse(caller([]), ability)).toBe(false)
    expect(mayUse(caller(['auditor']), ability)).toBe(false)
    expect(mayUse(caller(['auditor', 'admin']), ability)).toBe(true)
  })

  test(`takes the scope ${scope} of a token, which makes nobody an administrator`, () => {
    const others = scopes.filter((one) => one !== scope)

    expect(mayUse(caller(['admin'], [scope]), ability)).toBe(true)
    expect(mayUse(caller(['admin'], others), ability)).toBe(false)
    expect(mayUse(caller([], scopes), ability)).toBe(false)
  })
})
