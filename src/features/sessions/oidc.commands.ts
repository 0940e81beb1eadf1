/** Signing in by an identity provider, from the way there to the session; and what the provider ends again. */
import { createHmac } from 'node:crypto'
import type { AuditEntry } from '../../domain/audit-entry.ts'
import { auditOf } from '../../domain/operation.ts'
import type { Origin } from '../../domain/request/messages.ts'
import type { SignInFailure } from '../../domain/shared/sign-in-failures.ts'
import { placeOf } from '../../platform/net/client-address.ts'
import { logoutTokenLife } from '../../platform/oidc/logout-token.ts'
import type { Secrets } from '../../platform/oidc/provider.ts'
import { ProviderError } from '../../platform/oidc/provider-error.ts'
import { endOidcSessions, insertAttempt, takeAttempt, takeLogoutToken } from './oidc.repository.ts'
import type { OidcPurpose } from './oidc.table.ts'
import { byProvider, createOidcArrivals, loginEntry, type OidcDeps, type Returned } from './oidc-arrivals.ts'
import { OidcRefusal } from './oidc-refusal.ts'
import type { Arrival } from './open-session.ts'
import { hashToken, newSessionToken } from './session-tokens.ts'
import { createCounter } from './sign-in-limits.ts'

/** How long somebody may take at the provider, in seconds. */
export const attemptSeconds = 10 * 60
/** Those that came to nothing: what led to a session is given back, as many people may share an address. */
const startsPerPlace = 300
const failuresPerPlace = 100
const limitSeconds = 5 * 60

interface Begun {
  purpose: OidcPurpose
  /** Path of ours to go on to. */
  next: string
  /** What the browser holds for sign-ins under way. */
  browserToken: string | null
  sessionId: string | null
  /** After a refusal: whoever it is chooses an account anew. */
  isAgain: boolean
  origin: Origin
}

export type Outcome = { next: string } & (
  | { kind: 'signed_in'; token: string; deviceToken: string }
  | { kind: 'fresh' }
  | { kind: 'refused'; failure: SignInFailure }
)

/** Nonce and verifier come from what only this browser holds, so that neither is kept: nobody reads them in the database. */
function secretsOf(browserToken: string, state: string): Secrets {
  const derive = (use: string) => createHmac('sha256', browserToken).update(`${use}:${state}`).digest('base64url')
  return { state, nonce: derive('nonce'), codeVerifier: derive('verifier') }
}

export function createOidcSignIn(deps: OidcDeps) {
  const { db, auditLog, provider } = deps
  const { signIn, makeFresh } = createOidcArrivals(deps)
  const what = 'Too many sign-ins were tried.'
  const countStart = createCounter(db, {
    keyPrefix: 'oidc-start',
    points: startsPerPlace,
    duration: limitSeconds,
    what,
  })
  const countReturn = createCounter(db, {
    keyPrefix: 'oidc-failed',
    points: failuresPerPlace,
    duration: limitSeconds,
    what,
  })

  async function refuse(returned: Returned, error: unknown, next: string): Promise<Outcome> {
    if (!(error instanceof ProviderError || error instanceof OidcRefusal)) throw error
    const { person: user, email } = error instanceof OidcRefusal ? error : {}
    const told = { user, email, changes: [byProvider(provider.issuer)], error: error.message }
    await auditLog.within(db, async (_, record) => record(loginEntry(returned, told)))
    return { kind: 'refused', failure: error.failure, next }
  }

  return {
    /**
     * @returns where the browser goes, and what it holds from now on
     * @throws ProviderError `provider_unreachable`; DomainError `too_many_requests`
     */
    async begin(begun: Begun): Promise<{ url: string; browserToken: string }> {
      const { purpose, next, sessionId, isAgain } = begun
      await countStart(placeOf(begun.origin.clientIp))
      const state = newSessionToken()
      const browserToken = begun.browserToken ?? newSessionToken()
      const url = await provider.signInUrl(secretsOf(browserToken, state), { isFresh: purpose === 'fresh', isAgain })
      const [stateHash, browserHash] = [hashToken(state), hashToken(browserToken)]
      await insertAttempt(db, { stateHash, browserHash, purpose, sessionId, next }, attemptSeconds)
      return { url, browserToken }
    },

    /**
     * Takes the provider's answer, once, in the browser that has asked for it. What was wrong stands in the outcome and in
     * the audit log; an answer that no sign-in of this browser waits for stands in the outcome alone and is not counted,
     * because anybody can make one and nobody guesses a state.
     * @throws DomainError `too_many_requests`
     */
    async finish(returned: Returned): Promise<Outcome> {
      const { query, browserToken } = returned
      const state = query.getAll('state').join(' ')
      const attempt =
        browserToken && (await takeAttempt(db, { stateHash: hashToken(state), browserHash: hashToken(browserToken) }))
      if (!attempt) return { kind: 'refused', failure: 'state', next: '/' }
      const place = placeOf(returned.origin.clientIp)
      const giveBack = await countReturn(place)
      const { purpose, next, sessionId } = attempt
      const isFresh = purpose === 'fresh'
      try {
        const identity = await provider.identityOf(query, secretsOf(browserToken, state), { isFresh })
        if (isFresh) await makeFresh(returned, identity, sessionId)
        const opened = isFresh ? undefined : await signIn(returned, identity)
        await Promise.all([giveBack(), countStart.giveBack(place)])
        return opened ? { kind: 'signed_in', next, ...opened } : { kind: 'fresh', next }
      } catch (error) {
        return refuse(returned, error, next)
      }
    },

    /**
     * Ends the sessions that a logout token names (Back-Channel Logout 1.0, 2.7).
     * @throws ProviderError for a token that is not valid, too old, or was taken before
     */
    async endByProvider(
      token: string,
      { origin, operationId }: Pick<Arrival, 'origin' | 'operationId'>,
    ): Promise<void> {
      const ended = await provider.readLogoutToken(token)
      const jti = hashToken(ended.jti).toString('base64url')
      await auditLog.within(db, async (tx, record) => {
        if (!(await takeLogoutToken(tx, { issuer: ended.issuer, jti }, 2 * logoutTokenLife)))
          throw new ProviderError('not_valid', 'The logout token was taken before.')
        const found = new Map((await endOidcSessions(tx, ended)).map((person) => [person.id, person]))
        for (const person of found.values()) record(logoutEntry(person, { origin, operationId, issuer: ended.issuer }))
      })
    },
  }
}

export type OidcSignIn = ReturnType<typeof createOidcSignIn>

function logoutEntry(
  { id, name, email }: { id: string; name: string; email: string },
  { origin, operationId, issuer }: { origin: Origin; operationId: string; issuer: string },
): AuditEntry {
  const operation = { actor: { id, name, email, roles: [] }, origin, operationId, isByProvider: true } as const
  const changes = [{ field: 'identityProvider', from: issuer, to: null }]
  const entry = auditOf(operation, { eventType: 'user_logout', resource: { type: 'user', id, name }, changes })
  return { ...entry, sourceKey: `${entry.sourceKey}:${id}` }
}
