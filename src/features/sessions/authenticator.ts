/** Who is calling: a bearer token or the session cookie, looked up in one query. */

import { scopes } from '../../domain/abilities.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { Authenticate, Caller } from '../../platform/http/route.ts'
import { createSessionCookie } from './session-cookie.ts'
import { apiTokenPrefix, csrfTokenOf, hashToken } from './session-tokens.ts'
import { findSession, touchSession } from './sessions.repository.ts'
import { findToken, touchToken } from './tokens.repository.ts'

export interface AuthenticatorDeps {
  db: DbOrTx
  publicUrl: string
  /** Told of failures to write when something was last used; the call itself goes on. */
  onError?: (error: unknown) => void
}

/** Makes the function every call starts with. Suspended and staged users are nobody, from the moment they are. */
export function createAuthenticator({ db, publicUrl, onError = () => undefined }: AuthenticatorDeps): Authenticate {
  const cookie = createSessionCookie(publicUrl)

  async function byToken(token: string, clientIp: string | null, isUse: boolean): Promise<Caller> {
    const found = token.startsWith(apiTokenPrefix) ? await findToken(db, hashToken(token)) : undefined
    if (!found)
      throw new DomainError('unauthenticated', 'The API token is not valid: it is unknown, expired or revoked.')
    if (isUse && found.isStale) touchToken(db, found.tokenId, clientIp).catch(onError)
    const { tokenId: id, expiresAt, sourceId, actor, mustChangePassword } = found
    // One without scopes may do all that a token may.
    const granted = found.scopes.length > 0 ? found.scopes : scopes
    return {
      actor: { ...actor, scopes: granted },
      via: 'token',
      csrfToken: null,
      sessionId: null,
      isFresh: true,
      mustChangePassword,
      token: { id, expiresAt, sourceId },
    }
  }

  async function bySession(token: string, isUse: boolean): Promise<Caller | null> {
    const found = await findSession(db, hashToken(token))
    if (!found) return null
    if (isUse && found.isStale) touchSession(db, found.sessionId).catch(onError)
    return {
      actor: found.actor,
      via: 'session',
      csrfToken: csrfTokenOf(token),
      sessionId: found.sessionId,
      isFresh: found.isFresh,
      mustChangePassword: found.mustChangePassword,
      token: null,
    }
  }

  return async (req, { isUse = true } = {}) => {
    const authorization = req.headers.authorization
    if (authorization !== undefined) {
      const bearer = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
      if (!bearer) throw new DomainError('unauthenticated', 'Send an API token as "Authorization: Bearer <token>".')
      return byToken(bearer, req.ip ?? null, isUse)
    }
    const token = cookie.read(req.headers.cookie)
    return token ? bySession(token, isUse) : null
  }
}
