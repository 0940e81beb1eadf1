/** What a provider calls a person or a session, as far as it can be kept and found again. */
import { ProviderError } from './provider-error.ts'

/** In bytes. OpenID Connect Core 1.0, 2 has 255 for `sub` and nothing for `sid`; an index of the database takes 2.7 kB. */
const longest = 1000

/**
 * Null when the provider says nothing.
 * @param claim its name, for the refusal
 * @throws ProviderError `not_valid` for one with control characters, which the database does not take, or too long
 */
export function identifierOf(claim: string, value: unknown): string | null {
  if (typeof value !== 'string' || value === '') return null
  if (Buffer.byteLength(value) > longest || /\p{Cc}|\p{Cs}/u.test(value))
    throw new ProviderError(
      'not_valid',
      `The answer of the identity provider is refused: ${claim} is longer than ${longest} bytes or has control characters.`,
    )
  return value
}
