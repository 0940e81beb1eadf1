/** Who of ours somebody is who has signed in at the identity provider, and what its claims say of them. */
import { v7 as uuidv7 } from 'uuid'
import type { Operation } from '../../domain/operation.ts'
import type { Origin } from '../../domain/request/messages.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { SignInFailure } from '../../domain/shared/sign-in-failures.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { emailAddress, line } from '../../platform/http/schemas.ts'
import type { ProvidedIdentity } from '../../platform/oidc/provider.ts'
import { findByAddress, findBySubject, forgetClaimedRole, insertIdentity, noteClaimedRole } from './oidc.repository.ts'
import { OidcRefusal } from './oidc-refusal.ts'

export interface PeopleRules {
  /** What becomes of people who are nobody here. */
  provision: 'refuse' | 'create'
  /** Claim that says whether the address is verified. */
  verifiedClaim: string
  /** Claim and its values that make administrators. */
  admin: { claim: string; values: string[] } | null
}

export interface OidcPeopleDeps {
  db: DbOrTx
  rules: PeopleRules
  /** Makes a user, whose id is that of the operation. @throws DomainError `conflict` when the address is taken, `invalid_input` */
  createUser: (operation: Operation, person: { name: string; email: string }) => Promise<unknown>
  /** @throws DomainError `last_administrator` */
  setRoles: (operation: Operation, userId: string, roles: string[]) => Promise<unknown>
}

export type OidcPerson = NonNullable<Awaited<ReturnType<typeof findBySubject>>>

/** The role that somebody keeps although the claim has gone. */
export const keptRole = 'last_administrator'

export function createOidcPeople(deps: OidcPeopleDeps) {
  const { db, rules } = deps

  /**
   * By the provider's subject; the first time by an address that the provider has verified. Nobody comes into an account by
   * an address that somebody has only typed, nor into one that has another account at the provider.
   * @throws OidcRefusal
   */
  async function find(identity: ProvidedIdentity, origin: Origin): Promise<{ person: OidcPerson; isNew: boolean }> {
    const known = await findBySubject(db, identity)
    if (known) return { person: admitted(known), isNew: false }
    const email = verifiedAddress(identity.documents, rules.verifiedClaim)
    const named = await findByAddress(db, { email, issuer: identity.issuer })
    if (named && !named.isLinked) admitted(named)
    const isNew = !named?.isLinked && (await link(identity, named?.id ?? (await create(identity, { email, origin }))))
    // Of two sign-ins at the same moment one has linked the person: the other finds them so.
    const person = await findBySubject(db, identity)
    if (!person) throw new OidcRefusal('already_linked', named)
    return { person: admitted(person), isNew }
  }

  const link = (identity: ProvidedIdentity, userId: string) => insertIdentity(db, { ...identity, userId })

  async function create({ issuer, claims }: ProvidedIdentity, { email, origin }: { email: string; origin: Origin }) {
    if (rules.provision === 'refuse') throw new OidcRefusal('unknown', undefined, email)
    const id = uuidv7()
    const name = nameOf(claims) ?? email
    const operation = { actor: { id, name, email, roles: [] }, origin, operationId: id, isByProvider: true } as const
    try {
      await deps.createUser(operation, { name, email })
    } catch (error) {
      const known =
        error instanceof DomainError && error.code === 'conflict'
          ? await findByAddress(db, { email, issuer })
          : undefined
      if (!known) throw error
      return admitted(known).id
    }
    return id
  }

  /**
   * Gives the role of administrator with the claim and, where the claim has given it, takes it away with it. A role that
   * was given here stays. The last administrator stays one.
   * @returns the roles that they have now, and `keptRole` when one was not taken away for that
   */
  async function applyRole(
    person: OidcPerson,
    identity: ProvidedIdentity,
    origin: Origin,
  ): Promise<{ roles: string[]; kept: typeof keptRole | null }> {
    const isMeant = rules.admin ? hasValue(identity.claims, rules.admin) : null
    const isAdministrator = person.roles.includes('admin')
    const others = person.roles.filter((role) => role !== 'admin')
    const operation = () => ({ actor: person, origin, operationId: uuidv7(), isByProvider: true as const })
    if (isMeant === true && !isAdministrator) {
      await noteClaimedRole(db, identity)
      await deps.setRoles(operation(), person.id, [...others, 'admin'])
      return { roles: [...others, 'admin'], kept: null }
    }
    if (isMeant !== false || !person.gaveAdmin) return { roles: person.roles, kept: null }
    if (isAdministrator && !(await isTaken(deps.setRoles(operation(), person.id, others))))
      return { roles: person.roles, kept: keptRole }
    await forgetClaimedRole(db, person.id)
    return { roles: others, kept: null }
  }

  return { find, applyRole }
}

export type OidcPeople = ReturnType<typeof createOidcPeople>

async function isTaken(taking: Promise<unknown>): Promise<boolean> {
  try {
    await taking
    return true
  } catch (error) {
    if (error instanceof DomainError && error.code === 'last_administrator') return false
    throw error
  }
}

interface Admissible {
  id: string
  name: string
  email: string
  state: string
  removedAt: string | null
}

/** @throws OidcRefusal for whoever may not sign in by any way */
function admitted<P extends Admissible>(person: P): P {
  if (person.removedAt !== null) throw new OidcRefusal('removed', person)
  const failures: Record<string, SignInFailure> = { suspended: 'suspended', staged: 'not_activated' }
  const failure = failures[person.state]
  if (failure) throw new OidcRefusal(failure, person)
  return person
}

/**
 * The address of the first document that says whether it is verified, else of the first that names one. Never the address
 * of one document with the verification of another: they may name two addresses.
 * @throws OidcRefusal `no_address`, `unverified`
 */
function verifiedAddress(documents: Record<string, unknown>[], verifiedClaim: string): string {
  const named = documents.filter((document) => document['email'] !== undefined)
  const claims = named.find((document) => document[verifiedClaim] !== undefined) ?? named[0] ?? {}
  const parsed = emailAddress.safeParse(claims['email'])
  if (!parsed.success) throw new OidcRefusal('no_address')
  if (!isVerified(claims[verifiedClaim], verifiedClaim)) throw new OidcRefusal('unverified', undefined, parsed.data)
  return parsed.data
}

/** `email_verified` is true or false (OpenID Connect Core 1.0, 5.1); claims of one provider are written as it likes. */
function isVerified(value: unknown, claim: string): boolean {
  if (value === true) return true
  return claim !== 'email_verified' && (value === 1 || value === '1' || value === 'true')
}

function nameOf(claims: Record<string, unknown>): string | undefined {
  const whole = [claims['given_name'], claims['family_name']].filter((part) => typeof part === 'string').join(' ')
  const names = [claims['name'], whole, claims['preferred_username']]
  return names.map((name) => line().safeParse(name)).find((parsed) => parsed.success)?.data
}

function claimAt(claims: Record<string, unknown>, path: string): unknown {
  if (path in claims) return claims[path]
  let value: unknown = claims
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}

/** Null: the provider says that there are more than it sends here (OpenID Connect Core 1.0, 5.6.2), so it cannot be told. */
function hasValue(
  claims: Record<string, unknown>,
  { claim, values }: { claim: string; values: string[] },
): boolean | null {
  const value = claimAt(claims, claim)
  const elsewhere = claims['_claim_names']
  if (value === undefined && typeof elsewhere === 'object' && elsewhere !== null && claim in elsewhere) return null
  const found = Array.isArray(value) ? value : [value]
  return found.some((one) => typeof one === 'string' && values.includes(one))
}
