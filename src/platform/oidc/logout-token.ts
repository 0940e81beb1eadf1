/** Logout tokens (OpenID Connect Back-Channel Logout 1.0): the provider says that somebody's session with it has ended. */
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { clockTolerance, type Discovery } from './discovery.ts'
import { ProviderError } from './provider-error.ts'

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout'
/** Older ones are refused: that they were not used before is remembered for as long. Seconds. */
export const logoutTokenLife = 10 * 60

export interface EndedSession {
  issuer: string
  /** One of both at least. */
  subject: string | null
  sid: string | null
  /** Unique for the issuer: the same token is not taken twice. */
  jti: string
}

interface Deps {
  discovery: Discovery
  clientId: string
}

/**
 * Makes the function that checks a logout token by 2.6 of the standard: signature, `iss`, `aud`, `iat`, `exp`, the event,
 * `sub` or `sid`, and that there is no `nonce`, so that no id token passes for one.
 * @throws ProviderError `not_valid`, `clock`, `provider_unreachable`
 */
export function createLogoutTokens({ discovery, clientId }: Deps) {
  let keys: { uri: string; find: JWTVerifyGetKey } | undefined

  function keysAt(uri: string): JWTVerifyGetKey {
    if (keys?.uri !== uri) keys = { uri, find: createRemoteJWKSet(new URL(uri), { timeoutDuration: 5000 }) }
    return keys.find
  }

  return async (token: string): Promise<EndedSession> => {
    const { issuer, jwks_uri: uri, ...metadata } = (await discovery.read()).serverMetadata()
    if (!uri) throw new ProviderError('provider_unreachable', 'The identity provider names no keys.')
    const algorithms = (metadata.id_token_signing_alg_values_supported ?? ['RS256']).filter(isAsymmetric)
    try {
      const { payload } = await jwtVerify(token, keysAt(uri), {
        issuer,
        audience: clientId,
        algorithms,
        clockTolerance,
        maxTokenAge: logoutTokenLife,
        requiredClaims: ['jti', 'iat'],
      })
      return endedBy(payload, issuer)
    } catch (error) {
      throw failureOf(error)
    }
  }
}

/** With a shared secret whoever knows it could sign; `none` is no signature. */
const isAsymmetric = (algorithm: string) => /^(RS|PS|ES|EdDSA|Ed25519)/.test(algorithm)

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function endedBy(payload: JWTPayload, issuer: string): EndedSession {
  const { events, jti, sub = null, sid = null, nonce } = payload
  const refuse = (reason: string) => new ProviderError('not_valid', `The logout token ${reason}.`)
  if (!isObject(events) || !isObject(events[logoutEvent])) throw refuse('has no logout event')
  if (nonce !== undefined) throw refuse('has a nonce, which only an id token has')
  if (typeof jti !== 'string' || jti === '') throw refuse('has no jti')
  const subject = typeof sub === 'string' ? sub : null
  const session = typeof sid === 'string' ? sid : null
  if (subject === null && session === null) throw refuse('names neither a person (sub) nor a session (sid)')
  return { issuer, subject, sid: session, jti }
}

function failureOf(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error
  const isTime =
    error instanceof errors.JWTExpired ||
    (error instanceof errors.JWTClaimValidationFailed && ['iat', 'nbf'].includes(error.claim))
  if (isTime) return new ProviderError('clock', 'The logout token is too old, or from the future.', { cause: error })
  if (error instanceof errors.JWKSTimeout || error instanceof TypeError)
    return new ProviderError('provider_unreachable', 'The keys of the identity provider cannot be read.', {
      cause: error,
    })
  const message = error instanceof errors.JOSEError ? error.message : 'it cannot be read'
  return new ProviderError('not_valid', `The logout token is refused: ${message}.`, { cause: error })
}
