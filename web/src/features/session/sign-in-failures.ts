/** Why a sign-in by the identity provider did not come about: the words of `/sign-in-problem?code=`. */
import type { SignInFailure } from '../../../../src/domain/shared/sign-in-failures.ts'

const forAdministrators = {
  provider_unreachable: false,
  clock: true,
  denied: false,
  client_refused: true,
  not_valid: false,
  not_fresh: true,
  acr: true,
  state: false,
  signed_out: false,
  limited: false,
  no_address: true,
  unverified: true,
  unknown: true,
  already_linked: true,
  suspended: true,
  removed: true,
  not_activated: true,
  other_person: false,
} as const satisfies Record<SignInFailure, boolean>

/** The failure that an address names; nothing for any other word. */
export function failureOf(code: string | undefined): SignInFailure | undefined {
  return Object.keys(forAdministrators).find((failure): failure is SignInFailure => failure === code)
}

/** Whether the person can do nothing about it by themselves. */
export function isForAdministrators(failure: SignInFailure): boolean {
  return forAdministrators[failure]
}

const ofAccount: readonly SignInFailure[] = [
  'denied',
  'no_address',
  'unverified',
  'unknown',
  'already_linked',
  'suspended',
  'removed',
  'not_activated',
]

/** Whether another account at the provider may be let in: then people choose one, and are not sent round with the same. */
export function isOfAccount(failure: SignInFailure | undefined): boolean {
  return failure !== undefined && ofAccount.includes(failure)
}
