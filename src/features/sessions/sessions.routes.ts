/** Sign-in, sign-out, and who am I. */

import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { noContent, ok, route } from '../../platform/http/route.ts'
import { deviceSeconds } from './known-devices.repository.ts'
import { sessionSeconds } from './open-session.ts'
import type { PasswordPolicy } from './password-policy.ts'
import { createDeviceCookie, createSessionCookie } from './session-cookie.ts'
import type { Sessions } from './sessions.commands.ts'
import { findProfile } from './sessions.repository.ts'
import { me, signedIn, signInBody } from './sessions.schemas.ts'

export interface SessionsRoutesDeps {
  db: DbOrTx
  sessions: Sessions
  publicUrl: string
  policy: PasswordPolicy
  /** Of the identity provider, when there is one. */
  issuer: string | null
}

/** The browser goes on there once it has signed out here. */
const signOutHeader = 'X-Gatehouse-Sign-Out'

export function sessionsRoutes({ db, sessions, publicUrl, policy, issuer }: SessionsRoutesDeps): RouteDefinition[] {
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
      responses: {
        204: {
          description: `Signed out. For a session that an identity provider has opened, \`${signOutHeader}\` says where the browser goes on to be signed out there, too`,
        },
      },
      handler: async (call) => {
        const sessionId = call.caller?.sessionId
        if (!sessionId)
          throw new DomainError('conflict', 'An API token has no session to end. Delete the token instead.', {
            current: 'no_session',
          })
        const url = await sessions.signOut(call, sessionId)
        return { ...noContent, headers: { 'Set-Cookie': cookie.clear(), ...(url ? { [signOutHeader]: url } : {}) } }
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
        const { state: _, mustChangePassword: __, language, timeZone, hasPassword, providers, ...user } = found
        const { csrfToken = null, isFresh: fresh = false, mustChangePassword = false } = caller ?? {}
        const confirmBy = [
          ...(hasPassword && policy.isFor(user) ? (['password'] as const) : []),
          ...(issuer !== null && providers.includes(issuer) ? (['provider'] as const) : []),
        ]
        const body = { user, roles: user.roles, csrfToken, fresh, confirmBy, mustChangePassword, language, timeZone }
        return { ...ok(body), headers: { 'Cache-Control': 'no-store, no-transform' } }
      },
    }),
  ]
}
