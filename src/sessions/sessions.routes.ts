/** Sign-in, sign-out, who am I, and one's own API tokens. */
import type { DbOrTx } from '../db/columns.ts'
import { DomainError } from '../domain/errors.ts'
import { decodeCursor } from '../http/cursor.ts'
import { sortField, toPage } from '../http/page.ts'
import type { RouteDefinition } from '../http/route.ts'
import { created, noContent, ok, route } from '../http/route.ts'
import { idParams } from '../http/schemas.ts'
import { deviceSeconds } from './known-devices.repository.ts'
import { createDeviceCookie, createSessionCookie } from './session-cookie.ts'
import type { Sessions } from './sessions.commands.ts'
import type { ApiTokenRow } from './sessions.repository.ts'
import { findProfile, listTokens } from './sessions.repository.ts'
import { apiTokenBody, apiTokens, apiTokensQuery, me, newApiToken, signedIn, signInBody } from './sessions.schemas.ts'
import { sessionSeconds } from './sign-in.commands.ts'

export interface SessionsRoutesDeps {
  db: DbOrTx
  sessions: Sessions
  publicUrl: string
}

function presentToken({ id, name, scopes, expiresAt, lastUsedAt, createdAt }: ApiTokenRow) {
  return { id, name, scopes: scopes.length > 0 ? scopes : null, expiresAt, lastUsedAt, createdAt }
}

export function sessionsRoutes(deps: SessionsRoutesDeps): RouteDefinition[] {
  return [...sessionRoutes(deps), ...tokenRoutes(deps)]
}

function sessionRoutes({ db, sessions, publicUrl }: SessionsRoutesDeps): RouteDefinition[] {
  const cookie = createSessionCookie(publicUrl)
  const deviceCookie = createDeviceCookie(publicUrl)
  return [
    route({
      method: 'post',
      path: '/session',
      summary: 'Sign in with e-mail and password',
      tag: 'Session',
      ability: 'session.open',
      body: signInBody,
      responses: { 200: { description: 'Signed in; the cookie carries the session', schema: signedIn } },
      handler: async ({ body, caller, origin, operationId, req }) => {
        const { user, token, deviceToken, csrfToken } = await sessions.signIn({
          ...body,
          origin,
          operationId,
          formerSessionId: caller?.sessionId ?? null,
          deviceToken: deviceCookie.read(req.headers.cookie) ?? null,
        })
        const cookies = [cookie.set(token, sessionSeconds), deviceCookie.set(deviceToken, deviceSeconds)]
        return { status: 200, body: { user, csrfToken }, headers: { 'Set-Cookie': cookies } }
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
        const { state: _, ...user } = found
        return ok({ user, roles: user.roles, csrfToken: caller?.csrfToken ?? null })
      },
    }),
  ]
}

function tokenRoutes({ db, sessions }: SessionsRoutesDeps): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/api-tokens',
      summary: 'Own API tokens',
      tag: 'API tokens',
      ability: 'tokens.own',
      query: apiTokensQuery,
      responses: { 200: { description: 'A page of tokens', schema: apiTokens } },
      handler: async ({ query: { limit, cursor, sort }, actor }) => {
        const rows = await listTokens(db, { userId: actor.id, sort, cursor: decodeCursor(sort, cursor), limit })
        return ok(
          toPage(rows, {
            limit,
            sort,
            cursorOf: (row) => ({ value: row[sortField(sort) as 'createdAt'], id: row.id }),
            present: presentToken,
          }),
        )
      },
    }),
    route({
      method: 'post',
      path: '/api-tokens',
      summary: 'Make an API token for oneself',
      tag: 'API tokens',
      ability: 'tokens.own',
      body: apiTokenBody,
      responses: { 201: { description: 'The token, shown this once', schema: newApiToken } },
      handler: async (call) => {
        const { row, token } = await sessions.createToken(call, call.body)
        return created(`/api/v1/api-tokens/${row.id}`, { ...presentToken(row), token })
      },
    }),
    route({
      method: 'delete',
      path: '/api-tokens/{id}',
      summary: 'Revoke an own API token',
      tag: 'API tokens',
      ability: 'tokens.own',
      params: idParams,
      responses: { 204: { description: 'Revoked' } },
      handler: async (call) => {
        await sessions.deleteToken(call, call.params.id)
        return noContent
      },
    }),
  ]
}
