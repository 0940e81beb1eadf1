/** Sessions, tokens and passwords: one's own, and those of others for administrators. No API token may use these. */

import { z } from 'zod'
import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { noContent, ok, route } from '../../platform/http/route.ts'
import { id, idParams } from '../../platform/http/schemas.ts'
import type { Credentials } from './credentials.commands.ts'
import { findProfile, listSessions } from './sessions.repository.ts'
import { confirmationBody, credentials as credentialsShape, newPasswordBody, sessionList } from './sessions.schemas.ts'
import { listLiveTokens } from './tokens.repository.ts'
import { presentToken } from './tokens.routes.ts'

export interface CredentialsRoutesDeps {
  db: DbOrTx
  credentials: Credentials
}

const done = { 204: { description: 'Done' } }

export function credentialsRoutes(deps: CredentialsRoutesDeps): RouteDefinition[] {
  return [...ownRoutes(deps), ...administratorsRoutes(deps)]
}

async function presentSessions(db: DbOrTx, userId: string, sessionId: string | null) {
  return (await listSessions(db, userId)).map((session) => ({ ...session, current: session.id === sessionId }))
}

function ownRoutes({ db, credentials }: CredentialsRoutesDeps): RouteDefinition[] {
  const own = { tag: 'Session', ability: 'credentials.own' } as const
  return [
    route({
      ...own,
      documents429: true,
      method: 'post',
      path: '/session/confirmation',
      summary: 'Give the password once more, for acts that ask for a fresh sign-in',
      body: confirmationBody,
      responses: done,
      handler: async (call) => {
        await credentials.confirm({ ...call, sessionId: call.caller?.sessionId ?? null }, call.body.password)
        return noContent
      },
    }),
    route({
      ...own,
      ability: 'password.own',
      documents429: true,
      method: 'post',
      path: '/me/password',
      summary: 'Change one’s own password; every other session and API token ends',
      body: newPasswordBody,
      responses: done,
      handler: async (call) => {
        await credentials.changeOwnPassword({ ...call, sessionId: call.caller?.sessionId ?? null }, call.body)
        return noContent
      },
    }),
    route({
      ...own,
      method: 'get',
      path: '/me/sessions',
      summary: 'Where one is signed in',
      responses: { 200: { description: 'The sessions, the one used last first', schema: sessionList } },
      handler: async ({ actor, caller }) =>
        ok({ items: await presentSessions(db, actor.id, caller?.sessionId ?? null) }),
    }),
    route({
      ...own,
      method: 'delete',
      path: '/me/sessions',
      summary: 'Sign out everywhere else',
      responses: done,
      handler: async (call) => {
        await credentials.signOutElsewhere({ ...call, sessionId: call.caller?.sessionId ?? null })
        return noContent
      },
    }),
    route({
      ...own,
      method: 'delete',
      path: '/me/sessions/{id}',
      summary: 'End one of one’s own sessions',
      params: idParams,
      responses: done,
      handler: async (call) => {
        await credentials.end(call, call.actor.id, call.params.id)
        return noContent
      },
    }),
  ]
}

function administratorsRoutes({ db, credentials }: CredentialsRoutesDeps): RouteDefinition[] {
  const ofUser = { tag: 'Users', ability: 'credentials.write' } as const
  return [
    route({
      ...ofUser,
      method: 'get',
      path: '/users/{id}/credentials',
      summary: 'The sessions and API tokens of a user',
      params: idParams,
      responses: { 200: { description: 'What lets them in', schema: credentialsShape } },
      handler: async ({ params: { id: userId }, caller }) => {
        if (!(await findProfile(db, userId))) throw new DomainError('not_found', 'There is no such user.')
        const [sessions, tokens] = await Promise.all([
          presentSessions(db, userId, caller?.sessionId ?? null),
          listLiveTokens(db, userId),
        ])
        return ok({ sessions, tokens: tokens.map(presentToken) })
      },
    }),
    route({
      ...ofUser,
      method: 'delete',
      path: '/users/{id}/credentials',
      summary: 'End every session and API token of a user',
      params: idParams,
      responses: done,
      handler: async (call) => {
        await credentials.endAll(call, call.params.id)
        return noContent
      },
    }),
    route({
      ...ofUser,
      method: 'delete',
      path: '/users/{id}/identity',
      summary:
        'Forget who a user is at the identity provider; their sessions end, and the next sign-in goes by address',
      params: idParams,
      fresh: true,
      responses: done,
      handler: async (call) => {
        await credentials.unlink(call, call.params.id)
        return noContent
      },
    }),
    route({
      ...ofUser,
      method: 'delete',
      path: '/users/{id}/credentials/{credentialId}',
      summary: 'End one session or API token of a user',
      params: z.strictObject({ id, credentialId: id }),
      responses: done,
      handler: async (call) => {
        await credentials.end(call, call.params.id, call.params.credentialId)
        return noContent
      },
    }),
  ]
}
