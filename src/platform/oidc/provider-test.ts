/** Looks whether sign-in would work, as far as that can be told without a person. */
import * as oidc from 'openid-client'
import { clockTolerance, type Discovery } from './discovery.ts'
import { toProviderError } from './failures.ts'

export const providerChecks = ['discovery', 'keys', 'clock', 'client', 'redirect'] as const

/** `unknown`: it cannot be told from here. */
export interface ProviderCheck {
  check: (typeof providerChecks)[number]
  state: 'ok' | 'failed' | 'unknown'
  /** What was found, for people. */
  detail: string
}

interface Deps {
  discovery: Discovery
  issuer: string
  redirectUri: string
}

const timeout = () => AbortSignal.timeout(5000)
type Outcome = Omit<ProviderCheck, 'check'>

/** Makes the function that runs every check; it never throws. */
export function createProviderTest({ discovery, issuer, redirectUri }: Deps) {
  return async (): Promise<ProviderCheck[]> => {
    let configuration: oidc.Configuration
    try {
      configuration = await discovery.read({ anew: true })
    } catch (error) {
      const { message } = toProviderError(error)
      return providerChecks.map((check) =>
        check === 'discovery' ? { check, state: 'failed', detail: message } : { check, ...unknown },
      )
    }
    const outcomes: Record<ProviderCheck['check'], Promise<Outcome>> = {
      discovery: Promise.resolve({ state: 'ok', detail: configuration.serverMetadata().issuer }),
      keys: keysOf(configuration),
      clock: clockOf(issuer),
      client: clientOf(configuration),
      redirect: redirectOf(configuration, redirectUri),
    }
    return Promise.all(providerChecks.map(async (check) => ({ check, ...(await outcomes[check].catch(failed)) })))
  }
}

const unknown: Outcome = { state: 'unknown', detail: 'The provider does not answer.' }

function failed(error: unknown): Outcome {
  return { state: 'failed', detail: toProviderError(error).message }
}

async function keysOf(configuration: oidc.Configuration): Promise<Outcome> {
  const { jwks_uri: uri } = configuration.serverMetadata()
  if (!uri) return { state: 'failed', detail: 'The discovery document names no jwks_uri.' }
  const response = await fetch(uri, { signal: timeout(), headers: { accept: 'application/json' } })
  const found = (await response.json().catch(() => ({}))) as { keys?: unknown[] }
  const count = Array.isArray(found.keys) ? found.keys.length : 0
  return count > 0 ? { state: 'ok', detail: `${count} published` } : { state: 'failed', detail: `${uri} has no keys.` }
}

/** By the time in an answer of its web server, which is mostly that of what signs. */
async function clockOf(issuer: string): Promise<Outcome> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, { signal: timeout() })
  await response.body?.cancel()
  const theirs = Date.parse(response.headers.get('date') ?? '')
  if (Number.isNaN(theirs)) return { state: 'unknown', detail: 'Its answers carry no time.' }
  const apart = Math.round((theirs - Date.now()) / 1000)
  return { state: Math.abs(apart) > clockTolerance ? 'failed' : 'ok', detail: `${apart} s` }
}

/** A code that nobody has issued: who is told so has been taken for the client. */
async function clientOf(configuration: oidc.Configuration): Promise<Outcome> {
  try {
    await oidc.genericGrantRequest(configuration, 'authorization_code', {
      code: 'test',
      redirect_uri: 'http://localhost/',
      code_verifier: oidc.randomPKCECodeVerifier(),
    })
  } catch (error) {
    if (!(error instanceof oidc.ResponseBodyError)) throw error
    if (error.error === 'invalid_grant') return { state: 'ok', detail: 'It takes both.' }
    return { state: error.error === 'invalid_client' ? 'failed' : 'unknown', detail: toProviderError(error).message }
  }
  return { state: 'unknown', detail: 'It took a code that nobody has issued.' }
}

/** Without a person a provider has to send the browser back with an error, if it knows where to. */
async function redirectOf(configuration: oidc.Configuration, redirectUri: string): Promise<Outcome> {
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: 'openid',
    prompt: 'none',
    state: 'test',
    nonce: 'test',
    code_challenge: await oidc.calculatePKCECodeChallenge(oidc.randomPKCECodeVerifier()),
    code_challenge_method: 'S256',
  })
  const response = await fetch(url, { redirect: 'manual', signal: timeout() })
  await response.body?.cancel()
  if (response.headers.get('location')?.startsWith(redirectUri)) return { state: 'ok', detail: redirectUri }
  if (response.status >= 400 && response.status < 500)
    return {
      state: 'failed',
      detail: `It answers ${response.status}: most likely ${redirectUri} is not registered with it.`,
    }
  return { state: 'unknown', detail: `It answers ${response.status} and does not lead back.` }
}
