/** Why somebody was not let in although, or because, the identity provider has answered. */
import type { SignInFailure } from '../../domain/shared/sign-in-failures.ts'

/** What the audit log says of it, in English. */
const sentences: Partial<Record<SignInFailure, string>> = {
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
  readonly failure: SignInFailure
  /** Whoever it is here, where that is known. */
  readonly person: Refused | undefined
  /** The address that the provider gave. */
  readonly email: string | undefined

  constructor(failure: SignInFailure, person?: Refused, email?: string) {
    super(sentences[failure] ?? failure)
    this.failure = failure
    this.person = person
    this.email = email
  }
}
