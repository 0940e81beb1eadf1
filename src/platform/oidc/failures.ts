/** From what the client library throws to what somebody can do about it. */
import * as oidc from 'openid-client'
import { ProviderError } from './provider-error.ts'

const clockText = (detail: string) =>
  `The clock of the identity provider and that of this service differ by more than 2 minutes (${detail}). Set both by a time server.`

/** That a moment in a token lies too far from the service's own clock. `claim` names it. */
export function clockProblem(claim: string, apartSeconds: number, cause?: unknown): ProviderError {
  return new ProviderError('clock', clockText(`${claim} is ${Math.round(apartSeconds)} s away`), { cause })
}

function ofTimestamp(error: oidc.ClientError): ProviderError {
  const found = causeOf(causeOf(error)) as
    | { claim?: string; now?: number; claims?: Record<string, unknown> }
    | undefined
  const { claim = 'a time', now = 0, claims = {} } = found ?? {}
  if (claim === 'auth_time')
    return new ProviderError(
      'not_fresh',
      'The identity provider did not ask for a sign-in: the last one was too long ago.',
      {
        cause: error,
      },
    )
  return clockProblem(claim, now - Number(claims[claim] ?? now), error)
}

const causeOf = (error: unknown): unknown => (error instanceof Error ? error.cause : undefined)

/** Codes of OAuth 2.0 (RFC 6749, 5.2) that say that we are not the client we claim to be. */
const ofClient = new Set(['invalid_client', 'unauthorized_client'])

/** Codes of the client library for answers that are none of a provider. */
const ofAnswer = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
])

function isRefusedConnection(error: unknown): boolean {
  return error instanceof TypeError && error.message === 'fetch failed'
}

/** The failure behind anything that the client library throws. */
export function toProviderError(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error
  if (error instanceof oidc.AuthorizationResponseError)
    return new ProviderError('denied', `The identity provider answered ${codeOf(error.error)}.`, { cause: error })
  if (error instanceof oidc.ResponseBodyError) return ofTokenAnswer(error)
  if (error instanceof oidc.WWWAuthenticateChallengeError)
    return new ProviderError('client_refused', 'The identity provider refuses our client id or secret.', {
      cause: error,
    })
  if (error instanceof oidc.ClientError) return ofClientError(error)
  if (isRefusedConnection(error) || isRefusedConnection(causeOf(error)))
    return new ProviderError('provider_unreachable', 'The identity provider does not answer.', { cause: error })
  return new ProviderError('not_valid', 'The answer of the identity provider could not be used.', { cause: error })
}

function ofTokenAnswer(error: oidc.ResponseBodyError): ProviderError {
  const code = codeOf(error.error)
  const failure = ofClient.has(code) ? 'client_refused' : 'not_valid'
  return new ProviderError(failure, `The identity provider answered ${code} when the code was redeemed.`, {
    cause: error,
  })
}

function ofClientError(error: oidc.ClientError): ProviderError {
  const { code } = error
  if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') return ofTimestamp(error)
  if ((code && ofAnswer.has(code)) || isRefusedConnection(causeOf(error)))
    return new ProviderError(
      'provider_unreachable',
      `The identity provider does not answer as it should: ${error.message}.`,
      {
        cause: error,
      },
    )
  return new ProviderError('not_valid', `The answer of the identity provider is refused: ${reasonOf(error)}.`, {
    cause: error,
  })
}

function reasonOf(error: oidc.ClientError): string {
  const cause = causeOf(error)
  return cause instanceof Error ? cause.message : error.message
}

/** What the other side calls its error, when it looks like one of the standard's: it is shown in the audit log. */
function codeOf(code: string): string {
  return /^[a-z_]{1,60}$/.test(code) ? code : 'an unknown error'
}
