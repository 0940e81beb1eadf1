/** One's own API tokens. */
import type { DbOrTx } from '../../platform/db/columns.ts'
import { presentPage, readPage } from '../../platform/http/page.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { created, noContent, ok, route } from '../../platform/http/route.ts'
import { idParams } from '../../platform/http/schemas.ts'
import { apiTokenBody, apiTokens, apiTokensQuery, newApiToken } from './sessions.schemas.ts'
import type { Tokens } from './tokens.commands.ts'
import type { ApiTokenRow } from './tokens.repository.ts'
import { listTokens } from './tokens.repository.ts'

/** A token as its user and administrators see it: never the secret. */
export function presentToken({ scopes, ...token }: ApiTokenRow) {
  const { id, name, sourceId, expiresAt, lastUsedAt, lastUsedIp, createdAt } = token
  return { id, name, scopes: scopes.length > 0 ? scopes : null, sourceId, expiresAt, lastUsedAt, lastUsedIp, createdAt }
}

export function tokensRoutes({ db, tokens }: { db: DbOrTx; tokens: Tokens }): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/api-tokens',
      summary: 'Own API tokens',
      tag: 'API tokens',
      ability: 'tokens.own',
      query: apiTokensQuery,
      responses: { 200: { description: 'A page of tokens', schema: apiTokens } },
      handler: async ({ query, actor }) => {
        const found = await readPage({ ...query, list: 'tokens' }, (slice) =>
          listTokens(db, { userId: actor.id, ...slice }),
        )
        return ok(presentPage(found, presentToken))
      },
    }),
    route({
      method: 'post',
      path: '/api-tokens',
      summary: 'Make an API token for oneself',
      tag: 'API tokens',
      ability: 'tokens.own',
      body: apiTokenBody,
      fresh: true,
      responses: { 201: { description: 'The token, shown this once', schema: newApiToken } },
      handler: async (call) => {
        const { row, token } = await tokens.create(call, call.body, call.caller?.token ?? null)
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
        await tokens.revoke(call, { id: call.params.id, userId: call.actor.id })
        return noContent
      },
    }),
  ]
}
