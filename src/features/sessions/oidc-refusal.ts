/** Why somebody was not let in although, or because, the identity provider has answered. */
import type { ProviderFailure } from '../../platform/oidc/provider-error.ts'

/** The page that tells people goes by these; each is a sentence there and in the audit log. */
export const oidcFailures = [
  'provider_unreachable',
  'clock',
  'denied',
  'client_refused',
  'not_valid',
  'not_fresh',
  'acr',
  'state',
  'signed_out',
  'limited',
  'no_address',
  'unverified',
  'unknown',
  'already_linked',
  'suspended',
  'removed',
  'not_activated',
  'other_person',
] as const satisfies readonly (ProviderFailure | string)[]
export type OidcFailure = (typeof oidcFailures)[number]

/** What the audit log says of it, in English. */
const sentences: Partial<Record<OidcFailure, string>> = {
  no_address: 'The identity provider names no e-mail address of the person.',
  unverified: 'The identity provider has not verified the e-mail address of the person.',
  unknown: 'Nobody here has this e-mail address, and OIDC_PROVISION makes nobody.',
  already_linked: 'The user of this e-mail address is somebody else at the identity provider.',
  suspended: 'The user is suspended.',
  removed: 'The user was removed at the source that they came from.',
  not_activated: 'The user is not activated yet.',
  other_person: 'Somebody else signed in at the identity provider than whose session it is.',
  signed_out: 'The session had ended meanwhile.',
}

interface Refused {
  id: string
  name: string
  email: string
}

/** A person whom the provider knows and we do not let in. */
export class OidcRefusal extends Error {
  override name = 'OidcRefusal'
  readonly failure: OidcFailure
  /** Whoever it is here, where that is known. */
  readonly person: Refused | undefined
  /** The address that the provider gave. */
  readonly email: string | undefined

  constructor(failure: OidcFailure, person?: Refused, email?: string) {
    super(sentences[failure] ?? failure)
    this.failure = failure
    this.person = person
    this.email = email
  }
}
