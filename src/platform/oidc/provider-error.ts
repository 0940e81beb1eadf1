/** Why an identity provider's sign-in did not come about, as far as the protocol can tell. */

/**
 * `provider_unreachable`: does not answer, or not with what it should · `clock`: its clock and ours differ ·
 * `denied`: the provider or the person has refused · `client_refused`: it does not take our client id, secret or redirect
 * address · `not_valid`: what came back is not for us, or not of this sign-in · `not_fresh`: it does not say that the
 * person has just signed in · `acr`: it does not say that they did it in the way that is asked for
 */
export type ProviderFailure =
  | 'provider_unreachable'
  | 'clock'
  | 'denied'
  | 'client_refused'
  | 'not_valid'
  | 'not_fresh'
  | 'acr'

/** `message` is for the log and the audit log: it names no token and no secret. */
export class ProviderError extends Error {
  override name = 'ProviderError'
  readonly failure: ProviderFailure

  constructor(failure: ProviderFailure, message: string, options?: ErrorOptions) {
    super(message, options)
    this.failure = failure
  }
}
