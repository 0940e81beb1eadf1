/**
 * Sensitive acts ask for a sign-in within the last 5 minutes, so that whoever finds a browser left open,
 * or gets hold of its cookie, cannot do them.
 */
import { DomainError } from '../../domain/shared/errors.ts'
import type { Caller, RouteDefinition } from './route.ts'

/** @throws DomainError `fresh_sign_in_required` */
export function refuseUnlessFresh(caller: Caller | null): void {
  if (caller?.isFresh) return
  throw new DomainError(
    'fresh_sign_in_required',
    'This asks for a sign-in within the last 5 minutes. Give your password once more or sign in once more at the identity provider, then do it again.',
  )
}

/**
 * For what asks for a person who is there: no API token will do.
 * @throws DomainError `fresh_sign_in_required`, or `forbidden` for API tokens
 */
export function refuseUnlessFreshPerson(caller: Caller | null): void {
  if (caller?.via === 'token')
    throw new DomainError('forbidden', 'This approval flow asks for a fresh sign-in: no API token may decide here.')
  refuseUnlessFresh(caller)
}

/** Whether this call of the route asks for a fresh sign-in. */
export function asksForFreshSignIn({ fresh = false }: Pick<RouteDefinition, 'fresh'>, body: unknown): boolean {
  return typeof fresh === 'function' ? fresh(body) : fresh
}
