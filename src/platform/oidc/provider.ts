/** Sign-in by OpenID Connect as the protocol has it: authorization code with PKCE, state and nonce. Knows no people of ours. */
import * as oidc from 'openid-client'
import { clockTolerance, createDiscovery, type ProviderClient } from './discovery.ts'
import { clockProblem, toProviderError } from './failures.ts'
import { identifierOf } from './identifiers.ts'
import { createKeys } from './keys.ts'
import { createLogoutTokens } from './logout-token.ts'
import { ProviderError } from './provider-error.ts'
import { createProviderTest } from './provider-test.ts'

export interface ProviderOptions extends ProviderClient {
  /** What people call it. */
  name: string
  /** With spaces between them; `openid` is among them. */
  scopes: string
  /** Where it sends people back to: registered with it. */
  redirectUri: string
  /** Where it sends people to who have signed out: registered with it. */
  signedOutUri: string
  /** Contexts of authentication (acr), with spaces between them, of which a fresh sign-in must have one. */
  acrValues?: string | undefined
}

/** What only the browser that began a sign-in has; each is used once. */
export interface Secrets {
  state: string
  nonce: string
  codeVerifier: string
}

export interface Wanted {
  /** The person has to sign in at the provider now, although they may be signed in there. */
  isFresh: boolean
  /** The account that they are signed in with there was of no use: they are asked for another one. */
  isAgain?: boolean
}

export interface ProvidedIdentity {
  issuer: string
  subject: string
  /** The provider's session, for its back-channel logout. */
  sid: string | null
  acr: string | null
  /** When they signed in there, in seconds since 1970, where it says so. */
  authTime: number | null
  /** Everything that the provider says of them. */
  claims: Record<string, unknown>
  /** The same by document, the id token first: what is said of an address holds for the one in the same document. */
  documents: Record<string, unknown>[]
  /** For the provider's logout. */
  idToken: string
}

/** A longer id token is not sent along in an address: proxies and browsers take headers of 8 kB, some of 4. */
const longestHint = 2048

/** A sign-in page waits for no longer to say whether the provider answers. */
const reachableMs = 2000

export type Provider = ReturnType<typeof createProvider>

export function createProvider(options: ProviderOptions) {
  const { name, issuer, clientId, redirectUri, signedOutUri } = options
  const discovery = createDiscovery(options)
  const keys = createKeys(discovery)

  return {
    name,
    issuer,
    clientId,
    acrValues: options.acrValues,

    /** Whether it answers; asks every few seconds at most, and does not wait for longer than 2 s. */
    isReachable(): Promise<boolean> {
      const late = new Promise<boolean>((resolve) => void setTimeout(() => resolve(false), reachableMs).unref())
      return Promise.race([discovery.answers(), late])
    },

    /** Where the browser goes. @throws ProviderError `provider_unreachable` */
    async signInUrl({ state, nonce, codeVerifier }: Secrets, { isFresh, isAgain }: Wanted): Promise<string> {
      const configuration = await discovery.read()
      return oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: options.scopes,
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        ...(isAgain ? { prompt: choosingPrompt(configuration.serverMetadata()) } : {}),
        ...(isFresh ? freshParameters(options.acrValues) : { max_age: String(longestSeconds) }),
      }).href
    },

    /**
     * Redeems the code of the provider's answer. `iss`, `aud`, `azp`, `nonce`, `exp` and the signature of the id token are
     * checked (OpenID Connect Core 1.0, 3.1.3.7), and that it was issued now, by our clock.
     * @param query of the address that the browser came back to
     * @throws ProviderError
     */
    async identityOf(query: URLSearchParams, secrets: Secrets, { isFresh }: Wanted): Promise<ProvidedIdentity> {
      const configuration = await discovery.read()
      const currentUrl = new URL(`${redirectUri}?${query.toString()}`)
      try {
        const tokens = await oidc.authorizationCodeGrant(configuration, currentUrl, {
          expectedState: secrets.state,
          expectedNonce: secrets.nonce,
          pkceCodeVerifier: secrets.codeVerifier,
          idTokenExpected: true,
          ...(isFresh ? { maxAge: 0 } : {}),
        })
        const { claims, idToken } = tokenIn(tokens)
        await keys.verifySignature(idToken)
        refuseOtherTime(claims.iat)
        refuseLaterSignIn(claims.auth_time, { isFresh })
        if (isFresh) refuseOtherContext(claims, options.acrValues)
        return identity(claims, { more: await moreOf(configuration, tokens, claims), idToken })
      } catch (error) {
        throw toProviderError(error)
      }
    },

    /**
     * Where the browser goes to be signed out at the provider, too (RP-Initiated Logout 1.0); null when it has no such
     * place, or does not answer. A long id token is left out: then the provider may ask the person.
     */
    async signOutUrl(idToken: string | null): Promise<string | null> {
      const configuration = await discovery.read().catch(() => undefined)
      if (!configuration?.serverMetadata().end_session_endpoint) return null
      return oidc.buildEndSessionUrl(configuration, {
        post_logout_redirect_uri: signedOutUri,
        ...(idToken && idToken.length <= longestHint ? { id_token_hint: idToken } : { client_id: clientId }),
      }).href
    },

    readLogoutToken: createLogoutTokens({ keys, clientId }),
    test: createProviderTest({ discovery, redirectUri, issuer }),
  }
}

/** With `max_age` a provider has to say when the person signed in there (OpenID Connect Core 1.0, 3.1.2.1): 30 days. */
const longestSeconds = 30 * 24 * 60 * 60

/** `select_account` (OpenID Connect Core 1.0, 3.1.2.1) unless the provider says that it has none: then it asks for a sign-in. */
function choosingPrompt({ prompt_values_supported: known }: Record<string, unknown>): string {
  return !Array.isArray(known) || known.includes('select_account') ? 'select_account' : 'login'
}

/** Some providers know the one of both, some the other. */
function freshParameters(acrValues: string | undefined): Record<string, string> {
  return { max_age: '0', prompt: 'login', ...(acrValues ? { acr_values: acrValues } : {}) }
}

function tokenIn(tokens: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers) {
  const [claims, idToken] = [tokens.claims(), tokens.id_token]
  if (!claims || !idToken) throw new ProviderError('not_valid', 'The identity provider sent no id token.')
  return { claims, idToken }
}

/** What the id token leaves out: many providers put address and groups into their answer about the user only. */
async function moreOf(
  configuration: oidc.Configuration,
  { access_token: accessToken, scope: granted }: oidc.TokenEndpointResponse,
  { sub }: oidc.IDToken,
): Promise<Record<string, unknown>> {
  if (!configuration.serverMetadata().userinfo_endpoint || granted === '') return {}
  return oidc.fetchUserInfo(configuration, accessToken, sub).catch((error: unknown) => {
    // There it is the token that is refused, and not us.
    if (!(error instanceof oidc.WWWAuthenticateChallengeError)) throw error
    throw new ProviderError('not_valid', 'The identity provider does not tell who it was.', { cause: error })
  })
}

/** The token was made in answer to our call a moment ago. */
function refuseOtherTime(issuedAt: number): void {
  const apart = Date.now() / 1000 - issuedAt
  if (Math.abs(apart) > clockTolerance) throw clockProblem('iat', apart)
}

/** Nobody has signed in after now, nor at what is no time: such a moment says nothing of how fresh the sign-in is. */
function refuseLaterSignIn(authTime: unknown, { isFresh }: Wanted): void {
  if (authTime === undefined) return
  const isTime = typeof authTime === 'number' && authTime >= 0 && authTime <= Date.now() / 1000 + clockTolerance
  if (!isTime)
    throw new ProviderError(
      isFresh ? 'not_fresh' : 'not_valid',
      'The answer of the identity provider is refused: auth_time is no time, or lies in the future.',
    )
}

/** Whether somebody signed in by one of the ways that are wanted (`acr_values`, with blanks between them); by any where none is. */
export function isWantedContext(acr: string | null, wanted: string | undefined): boolean {
  return !wanted || wanted.split(/\s+/).includes(acr ?? '')
}

function refuseOtherContext({ acr }: oidc.IDToken, wanted: string | undefined): void {
  if (isWantedContext(textOf(acr) ?? null, wanted)) return
  throw new ProviderError(
    'acr',
    'The identity provider did not sign the person in by a way that OIDC_ACR_VALUES names.',
  )
}

function identity(
  claims: oidc.IDToken,
  { more, idToken }: { more: Record<string, unknown>; idToken: string },
): ProvidedIdentity {
  const subject = identifierOf('sub', claims.sub)
  if (subject === null) throw new ProviderError('not_valid', 'The identity provider does not tell who it was.')
  return {
    issuer: claims.iss,
    subject,
    sid: identifierOf('sid', claims['sid']),
    acr: identifierOf('acr', claims['acr']),
    authTime: typeof claims.auth_time === 'number' ? claims.auth_time : null,
    claims: { ...more, ...claims },
    documents: [claims, more],
    idToken,
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)
