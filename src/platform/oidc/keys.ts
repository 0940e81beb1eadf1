/** The provider's keys: read when they are first needed, kept for ten minutes, and read again for one that is not among them. */
import { compactVerify, createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose'
import type { Discovery } from './discovery.ts'
import { ProviderError } from './provider-error.ts'

const timeouts = { timeoutDuration: 5000, cacheMaxAge: 10 * 60 * 1000, cooldownDuration: 2000 }

export interface Signers {
  /** Of the provider, as its discovery document has it. */
  issuer: string
  find: JWTVerifyGetKey
  /** With which of the signatures that it names it may have signed. */
  algorithms: string[]
}

export type Keys = ReturnType<typeof createKeys>

export function createKeys(discovery: Discovery) {
  let known: { uri: string; find: JWTVerifyGetKey } | undefined

  /** @throws ProviderError `provider_unreachable` */
  async function signers(): Promise<Signers> {
    const { issuer, jwks_uri: uri, ...metadata } = (await discovery.read()).serverMetadata()
    if (!uri) throw new ProviderError('provider_unreachable', 'The identity provider names no keys.')
    if (known?.uri !== uri) known = { uri, find: createRemoteJWKSet(new URL(uri), timeouts) }
    const algorithms = (metadata.id_token_signing_alg_values_supported ?? ['RS256']).filter(isAsymmetric)
    return { issuer, find: known.find, algorithms }
  }

  return {
    signers,

    /** The signature alone. @throws ProviderError `not_valid`, `provider_unreachable` */
    async verifySignature(idToken: string): Promise<void> {
      const { find, algorithms } = await signers()
      try {
        await compactVerify(idToken, find, { algorithms })
      } catch (error) {
        throw signatureFailure(error)
      }
    },
  }
}

/** With a shared secret whoever knows it could sign; `none` is no signature. */
const isAsymmetric = (algorithm: string) => /^(RS|PS|ES|EdDSA|Ed25519)/.test(algorithm)

/** What is wrong with the signature of a token, or with the keys it is checked by. */
export function signatureFailure(error: unknown): ProviderError {
  const isAway = error instanceof errors.JWKSTimeout || error instanceof TypeError
  if (isAway || (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC'))
    return new ProviderError('provider_unreachable', 'The keys of the identity provider cannot be read.', {
      cause: error,
    })
  const message = error instanceof errors.JOSEError ? error.message : 'it cannot be read'
  return new ProviderError('not_valid', `The answer of the identity provider is refused: ${message}.`, { cause: error })
}
