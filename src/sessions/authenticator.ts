/** Who is calling: a bearer token or the session cookie, looked up in one query. */
import type { Request } from 'express'
import type { DbOrTx } from '../db/columns.ts'
import { DomainError } from '../domain/errors.ts'
import type { Caller } from '../http/route.ts'
import { createSessionCookie } from './session-cookie.ts'
import { apiTokenPrefix, csrfTokenOf, hashToken } from './session-tokens.ts'
import { createSessionLookup, findToken, touchSession, touchToken } from './sessions.repository.ts'

export interface AuthenticatorDeps {
  db: DbOrTx
  publicUrl: string
  /** Told of failures to write when something was last used; the call itself goes on. */
  onError?: (error: unknown) => void
}

/**
 * Makes the function every call starts with. Suspended and staged users are nobody, from the moment they are.
 * @returns the caller, or null for somebody who is not signed in
 * @throws DomainError `unauthenticated` for a bearer token that is not (or no longer) valid
 */
export function createAuthenticator({
  db,
  publicUrl,
  onError = () => undefined,
}: AuthenticatorDeps): (req: Request) => Promise<Caller | null> {
  const cookie = createSessionCookie(publicUrl)
  const findSession = createSessionLookup(db)

  async function byToken(token: string): Promise<Caller> {
    const found = token.startsWith(apiTokenPrefix) ? await findToken(db, hashToken(token)) : undefined
    if (!found)
      throw new DomainError('unauthenticated', 'The API token is not valid: it is unknown, expired or revoked.')
    if (found.isStale) touchToken(db, found.tokenId).catch(onError)
    const scopes = found.scopes.length > 0 ? found.scopes : undefined
    return { actor: { ...found.actor, scopes }, via: 'token', csrfToken: null, sessionId: null }
  }

  async function bySession(token: string): Promise<Caller | null> {
    const found = await findSession(hashToken(token))
    if (!found) return null
    if (found.isStale) touchSession(db, found.sessionId).catch(onError)
    return { actor: found.actor, via: 'session', csrfToken: csrfTokenOf(token), sessionId: found.sessionId }
  }

  return async (req) => {
    const authorization = req.headers.authorization
    if (authorization !== undefined) {
      const bearer = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
      if (!bearer) throw new DomainError('unauthenticated', 'Send an API token as "Authorization: Bearer <token>".')
      return byToken(bearer)
    }
    const token = cookie.read(req.headers.cookie)
    return token ? bySession(token) : null
  }
}
