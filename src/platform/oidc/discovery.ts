/** What a provider says of itself, read when it is first needed and again after a while: it may be away when we start. */
import * as oidc from 'openid-client'
import { toProviderError } from './failures.ts'
import { ProviderError } from './provider-error.ts'

/** How far its clock and ours may differ, in seconds. */
export const clockTolerance = 120

const timeoutSeconds = 5
const goodForMs = 60 * 60 * 1000
/** After a failure nobody is kept waiting for another one within this time. */
const failureGoodForMs = 5000
/** Whether it answers is not asked again within this time. */
const answerGoodForMs = 3000

export interface ProviderClient {
  issuer: string
  clientId: string
  clientSecret: string
}

export type Discovery = ReturnType<typeof createDiscovery>

/**
 * `read` gives the configuration, at most an hour old; callers at the same time wait for one answer. A document that cannot
 * be renewed goes on being used: a provider that is away for a moment has not changed its addresses.
 */
export function createDiscovery({ issuer, clientId, clientSecret }: ProviderClient) {
  let known: { configuration: oidc.Configuration; readAt: number } | undefined
  let failed: { error: ProviderError; at: number } | undefined
  let reading: Promise<oidc.Configuration> | undefined

  async function load(): Promise<oidc.Configuration> {
    try {
      const configuration = await discover({ issuer, clientId, clientSecret })
      refuseOddAddresses(configuration.serverMetadata(), new URL(issuer).protocol)
      known = { configuration, readAt: Date.now() }
      failed = undefined
      return configuration
    } catch (error) {
      const { message } = toProviderError(error)
      failed = { error: new ProviderError('provider_unreachable', message, { cause: error }), at: Date.now() }
      throw failed.error
    } finally {
      reading = undefined
    }
  }

  function kept(): oidc.Configuration | undefined {
    if (!known) return undefined
    const hasJustFailed = failed !== undefined && Date.now() - failed.at < failureGoodForMs
    return hasJustFailed || Date.now() - known.readAt < goodForMs ? known.configuration : undefined
  }

  /** @throws ProviderError */
  async function read({ anew = false } = {}): Promise<oidc.Configuration> {
    const configuration = anew ? undefined : kept()
    if (configuration) return configuration
    if (!anew && failed && Date.now() - failed.at < failureGoodForMs) throw failed.error
    reading ??= load()
    return reading.catch((error: unknown) => {
      if (known && !anew) return known.configuration
      throw error
    })
  }

  /** Whether it answers now, or did a few seconds ago; never throws. */
  async function answers(): Promise<boolean> {
    const now = Date.now()
    if (failed && now - failed.at < failureGoodForMs) return false
    if (!failed && known && now - known.readAt < answerGoodForMs) return true
    return read({ anew: true }).then(
      () => true,
      () => false,
    )
  }

  return { read, answers }
}

/**
 * Browsers are sent to some of them, and we call the others: each is of the web, and encrypted unless the issuer is not.
 * @throws ProviderError `provider_unreachable`
 */
function refuseOddAddresses(metadata: oidc.ServerMetadata, ofIssuer: string): void {
  const { authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint, end_session_endpoint } = metadata
  const needed = { authorization_endpoint, token_endpoint }
  const missing = Object.entries(needed).find(([, address]) => address === undefined)?.[0]
  const addresses = { ...needed, jwks_uri, userinfo_endpoint, end_session_endpoint }
  const odd = Object.entries(addresses).find(([, one]) => one !== undefined && !isOfWeb(one, ofIssuer))?.[0]
  if (missing) throw new ProviderError('provider_unreachable', `The discovery document names no ${missing}.`)
  if (odd) throw new ProviderError('provider_unreachable', `The ${odd} in the discovery document is no https address.`)
}

function isOfWeb(address: unknown, ofIssuer: string): boolean {
  if (typeof address !== 'string' || !URL.canParse(address)) return false
  const { protocol } = new URL(address)
  return protocol === 'https:' || (protocol === 'http:' && ofIssuer === 'http:')
}

/** In the header where the provider takes that, which is the standard's default, else in the body. */
function authenticationBy(clientSecret: string): oidc.ClientAuth {
  const [inHeader, inBody] = [oidc.ClientSecretBasic(clientSecret), oidc.ClientSecretPost(clientSecret)]
  // oxlint-disable-next-line max-params -- as the library calls it
  return (provider, client, body, headers) => {
    const { token_endpoint_auth_methods_supported: methods = ['client_secret_basic'] } = provider
    const authenticate = methods.includes('client_secret_basic') ? inHeader : inBody
    authenticate(provider, client, body, headers)
  }
}

function discover({ issuer, clientId, clientSecret }: ProviderClient): Promise<oidc.Configuration> {
  // Only of this machine: the settings refuse any other.
  const execute = issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : []
  const metadata = { client_secret: clientSecret, [oidc.clockTolerance]: clockTolerance }
  return oidc.discovery(new URL(issuer), clientId, metadata, authenticationBy(clientSecret), {
    execute,
    timeout: timeoutSeconds,
  })
}
