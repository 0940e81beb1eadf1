/** Sign-in, sign-out, and who am I. */

import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { noContent, ok, route } from '../../platform/http/route.ts'
import { deviceSeconds } from './known-devices.repository.ts'
import { createDeviceCookie, createSessionCookie } from './session-cookie.ts'
import type { Sessions } from './sessions.commands.ts'
import { findProfile } from './sessions.repository.ts'
import { me, signedIn, signInBody } from './sessions.schemas.ts'
import { sessionSeconds } from './sign-in.commands.ts'

export interface SessionsRoutesDeps {
  db: DbOrTx
  sessions: Sessions
  publicUrl: string
}

export function sessionsRoutes({ db, sessions, publicUrl }: SessionsRoutesDeps): RouteDefinition[] {
  const cookie = createSessionCookie(publicUrl)
  const deviceCookie = createDeviceCookie(publicUrl)
  return [
    route({
      method: 'post',
      path: '/session',
      summary: 'Sign in with e-mail and password',
      tag: 'Session',
      ability: 'session.open',
      documents429: true,
      body: signInBody,
      responses: { 200: { description: 'Signed in; the cookie carries the session', schema: signedIn } },
      handler: async ({ body, caller, origin, operationId, req }) => {
        const { user, token, deviceToken, csrfToken, mustChangePassword } = await sessions.signIn({
          ...body,
          origin,
          operationId,
          formerSessionId: caller?.sessionId ?? null,
          deviceToken: deviceCookie.read(req.headers.cookie) ?? null,
        })
        const cookies = [cookie.set(token, sessionSeconds), deviceCookie.set(deviceToken, deviceSeconds)]
        return { ...ok({ user, csrfToken, mustChangePassword }), headers: { 'Set-Cookie': cookies } }
      },
    }),
    route({
      method: 'delete',
      path: '/session',
      summary: 'Sign out',
      tag: 'Session',
      ability: 'session.use',
      responses: { 204: { description: 'Signed out' } },
      handler: async (call) => {
        const sessionId = call.caller?.sessionId
        if (!sessionId)
          throw new DomainError('conflict', 'An API token has no session to end. Delete the token instead.', {
            current: 'no_session',
          })
        await sessions.signOut(call, sessionId)
        return { ...noContent, headers: { 'Set-Cookie': cookie.clear() } }
      },
    }),
    route({
      method: 'get',
      path: '/me',
      summary: 'Who is calling',
      tag: 'Session',
      ability: 'session.use',
      responses: { 200: { description: 'The caller', schema: me } },
      handler: async ({ actor, caller }) => {
        const found = await findProfile(db, actor.id)
        if (!found) throw new DomainError('unauthenticated', 'Sign in again.')
        const { state: _, mustChangePassword, language, timeZone, ...user } = found
        const { csrfToken = null, isFresh: fresh = false } = caller ?? {}
        const body = { user, roles: user.roles, csrfToken, fresh, mustChangePassword, language, timeZone }
        return { ...ok(body), headers: { 'Cache-Control': 'no-store, no-transform' } }
      },
    }),
  ]
}
