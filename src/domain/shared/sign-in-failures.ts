/** Why somebody was not let in who came by the identity provider. The page that tells people has a sentence for each. */

/**
 * As far as the protocol can tell. `provider_unreachable`: does not answer, or not with what it should · `clock`: its clock
 * and ours differ · `denied`: the provider or the person has refused · `client_refused`: it does not take our client id,
 * secret or redirect address · `not_valid`: what came back is not for us, or not of this sign-in · `not_fresh`: it does not
 * say that the person has just signed in · `acr`: it does not say that they did it in the way that is asked for
 */
export const providerFailures = [
  'provider_unreachable',
  'clock',
  'denied',
  'client_refused',
  'not_valid',
  'not_fresh',
  'acr',
] as const
export type ProviderFailure = (typeof providerFailures)[number]

/** And those of the service. `state`: no sign-in of this browser waits for the answer · `signed_out`: there is no session to make fresh. */
export const signInFailures = [
  ...providerFailures,
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
] as const
export type SignInFailure = (typeof signInFailures)[number]
