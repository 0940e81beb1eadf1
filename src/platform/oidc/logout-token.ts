/** Logout tokens (OpenID Connect Back-Channel Logout 1.0): the provider says that somebody's session with it has ended. */
import { errors, type JWTPayload, jwtVerify } from 'jose'
import { clockTolerance } from './discovery.ts'
import { identifierOf } from './identifiers.ts'
import { type Keys, signatureFailure } from './keys.ts'
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
  keys: Keys
  clientId: string
}

/**
 * Makes the function that checks a logout token by 2.6 of the standard: signature, `iss`, `aud`, `iat`, `exp`, the event,
 * `sub` or `sid`, and that there is no `nonce`, so that no id token passes for one.
 * @throws ProviderError `not_valid`, `clock`, `provider_unreachable`
 */
export function createLogoutTokens({ keys, clientId }: Deps) {
  return async (token: string): Promise<EndedSession> => {
    const { issuer, find, algorithms } = await keys.signers()
    try {
      const { payload } = await jwtVerify(token, find, {
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

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function endedBy(payload: JWTPayload, issuer: string): EndedSession {
  const { jti = '', sub, sid } = payload
  const [subject, session] = [identifierOf('sub', sub), identifierOf('sid', sid)]
  const reason =
    problemOf(payload) ?? (subject || session ? undefined : 'names neither a person (sub) nor a session (sid)')
  if (reason) throw new ProviderError('not_valid', `The logout token ${reason}.`)
  return { issuer, subject, sid: session, jti }
}

const textOrNull = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)

function problemOf({ events, jti, nonce }: JWTPayload): string | undefined {
  if (!isObject(events) || !isObject(events[logoutEvent])) return 'has no logout event'
  if (nonce !== undefined) return 'has a nonce, which only an id token has'
  return textOrNull(jti) === null ? 'has no jti' : undefined
}

function failureOf(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error
  const isTime =
    error instanceof errors.JWTExpired ||
    (error instanceof errors.JWTClaimValidationFailed && ['iat', 'nbf'].includes(error.claim))
  if (isTime) return new ProviderError('clock', 'The logout token is too old, or from the future.', { cause: error })
  return signatureFailure(error)
}
