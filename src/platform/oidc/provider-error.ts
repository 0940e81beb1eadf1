/** Why an identity provider's sign-in did not come about, as far as the protocol can tell. */

import type { ProviderFailure } from '../../domain/shared/sign-in-failures.ts'

/** `message` is for the log and the audit log: it names no token and no secret. */
export class ProviderError extends Error {
  override name = 'ProviderError'
  readonly failure: ProviderFailure

  constructor(failure: ProviderFailure, message: string, options?: ErrorOptions) {
    super(message, options)
    this.failure = failure
  }
}
