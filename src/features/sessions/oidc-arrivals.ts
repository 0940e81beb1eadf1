/** Somebody whom the provider has named: a session is opened for them, or theirs is made fresh. */
import type { AuditChange, AuditEntry } from '../../domain/audit-entry.ts'
import { auditOf } from '../../domain/operation.ts'
import { clockTolerance } from '../../platform/oidc/discovery.ts'
import { isWantedContext, type ProvidedIdentity, type Provider } from '../../platform/oidc/provider.ts'
import type { SecretBox } from '../../platform/secrets/secret-box.ts'
import { findKnownDevice } from './known-devices.repository.ts'
import { findBySubject, keepOidcSession, noteIdentityUse } from './oidc.repository.ts'
import { keptRole, type OidcPeople, type OidcPerson } from './oidc-people.ts'
import { OidcRefusal } from './oidc-refusal.ts'
import { type Arrival, type OpenSessionDeps, openSession } from './open-session.ts'
import { hashToken } from './session-tokens.ts'
import { freshenSession } from './sessions.repository.ts'

export interface OidcDeps extends OpenSessionDeps {
  provider: Provider
  people: OidcPeople
  secretBox: Pick<SecretBox, 'seal'>
}

/** Somebody back from the provider. */
export interface Returned extends Arrival {
  query: URLSearchParams
  browserToken: string | null
  /** Whose session the browser has. */
  userId: string | null
}

interface Told {
  user?: { id: string; name: string; email: string } | undefined
  /** Where the user is not known. */
  email?: string | undefined
  changes: AuditChange[]
  error?: string
}

export const byProvider = (issuer: string): AuditChange => ({ field: 'identityProvider', from: null, to: issuer })

/** What the audit log says of a try to sign in by the provider. */
export function loginEntry(
  { origin, operationId }: Pick<Arrival, 'origin' | 'operationId'>,
  { user, email = '', changes, error }: Told,
): AuditEntry {
  const { id, name, ...known } = user ?? { id: null, name: null, email }
  const operation = { actor: { id: id ?? '', name: name ?? '', email: known.email, roles: [] }, origin, operationId }
  const outcome = { success: error === undefined, errorMessage: error ?? null }
  const resource = { type: 'user', id, name }
  const entry = auditOf(operation, { eventType: 'user_login_attempt', resource, changes, ...outcome })
  return { ...entry, initiatedBy: { ...entry.initiatedBy, id, email: known.email || null } }
}

/**
 * When the person last showed at the provider who they are, in a way that OIDC_ACR_VALUES takes: being sent back at once,
 * because they are signed in there, shows nothing. Null when the provider does not say.
 */
function whenShown({ authTime, acr }: ProvidedIdentity, acrValues: string | undefined): string | null {
  if (authTime === null || authTime < 0 || authTime > Date.now() / 1000 + clockTolerance) return null
  if (!isWantedContext(acr, acrValues)) return null
  return new Date(Math.min(Date.now(), authTime * 1000)).toISOString()
}

/** @throws OidcRefusal for whoever is not let in */
export function createOidcArrivals(deps: OidcDeps) {
  const { db, auditLog, people, provider, secretBox } = deps

  async function signIn(returned: Returned, identity: ProvidedIdentity) {
    const { person, isNew } = await people.find(identity, returned.origin)
    const { roles, kept } = await people.applyRole(person, identity, returned.origin)
    const changes = [
      byProvider(identity.issuer),
      ...(isNew ? [{ field: 'linked', from: null, to: true }] : []),
      ...(kept === keptRole ? [{ field: 'roles', from: roles, to: roles }] : []),
    ]
    return openSession(deps, returned, {
      user: person,
      isDeviceKnown: await isDeviceKnown(returned, person),
      authenticatedAt: whenShown(identity, provider.acrValues),
      entry: loginEntry(returned, { user: person, changes }),
      also: async (tx, sessionId) => {
        await noteIdentityUse(tx, identity)
        await keepOidcSession(tx, sessionRow(sessionId, identity))
      },
    })
  }

  async function isDeviceKnown({ deviceToken }: Arrival, { email }: OidcPerson): Promise<boolean> {
    if (deviceToken === null) return false
    return (await findKnownDevice(db, { email, tokenHash: hashToken(deviceToken) })) !== null
  }

  function sessionRow(sessionId: string, { issuer, subject, sid, idToken }: ProvidedIdentity) {
    return { sessionId, issuer, subject, sid, idToken: secretBox.seal(idToken) }
  }

  async function makeFresh(returned: Returned, identity: ProvidedIdentity, sessionId: string | null): Promise<void> {
    const { userId, formerSessionId } = returned
    if (!sessionId || !userId || sessionId !== formerSessionId) throw new OidcRefusal('signed_out')
    const person = await findBySubject(db, identity)
    if (person?.id !== userId) throw new OidcRefusal('other_person', person)
    // Whoever has lost the group has lost the role, and this session with it.
    const { roles } = await people.applyRole(person, identity, returned.origin)
    if (roles.length < person.roles.length) throw new OidcRefusal('signed_out', person)
    const { acr, authTime } = identity
    const at = authTime === null ? null : new Date(authTime * 1000).toISOString()
    const changes = [byProvider(identity.issuer), { field: 'confirmation', from: null, to: { authTime: at, acr } }]
    await auditLog.within(db, async (tx, record) => {
      await freshenSession(tx, sessionId)
      await keepOidcSession(tx, sessionRow(sessionId, identity))
      record(loginEntry(returned, { user: person, changes }))
    })
  }

  return { signIn, makeFresh }
}
