/** Sources of people, for administrators. */
import { DomainError } from '../../../domain/shared/errors.ts'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import { readPage } from '../../../platform/http/page.ts'
import type { RouteDefinition } from '../../../platform/http/route.ts'
import { created, noContent, ok, route } from '../../../platform/http/route.ts'
import { idParams } from '../../../platform/http/schemas.ts'
import type { Sources } from './sources.commands.ts'
import { findSource, holdingsOf, listSources, type SourceRow } from './sources.repository.ts'
import {
  createSourceBody,
  type Source,
  source,
  sourcesPage,
  sourcesQuery,
  updateSourceBody,
} from './sources.schemas.ts'

export interface SourcesRoutesDeps {
  db: DbOrTx
  sources: Sources
  publicUrl: string
}

const tag = 'People sources'

export function sourcesRoutes(deps: SourcesRoutesDeps): RouteDefinition[] {
  return [...readingRoutes(deps), ...writingRoutes(deps)]
}

function presenterOf({ db, publicUrl }: SourcesRoutesDeps) {
  const scimBase = new URL('/scim/v2', publicUrl).href
  return async ({ id, name, kind, createdAt, updatedAt }: SourceRow): Promise<Source> => ({
    id,
    name,
    kind,
    baseUrl: kind === 'scim' ? scimBase : null,
    ...(await holdingsOf(db, id)),
    createdAt,
    updatedAt,
  })
}

function readingRoutes(deps: SourcesRoutesDeps): RouteDefinition[] {
  const { db } = deps
  const present = presenterOf(deps)
  return [
    route({
      method: 'get',
      path: '/people-sources',
      summary: 'Where people and groups come from',
      tag,
      ability: 'sources.read',
      query: sourcesQuery,
      responses: { 200: { description: 'A page of sources by name', schema: sourcesPage } },
      handler: async ({ query }) => {
        const slice = { ...query, list: 'people-sources', sort: 'name' }
        const { items, nextCursor } = await readPage(slice, (part) => listSources(db, part))
        return ok({ items: await Promise.all(items.map(present)), nextCursor })
      },
    }),
    route({
      method: 'get',
      path: '/people-sources/{id}',
      summary: 'A people source',
      tag,
      ability: 'sources.read',
      params: idParams,
      responses: { 200: { description: 'The source', schema: source } },
      handler: async ({ params: { id } }) => {
        const row = await findSource(db, id)
        if (!row) throw new DomainError('not_found', 'There is no such people source.')
        return ok(await present(row))
      },
    }),
  ]
}

function writingRoutes(deps: SourcesRoutesDeps): RouteDefinition[] {
  const { sources } = deps
  const present = presenterOf(deps)
  return [
    route({
      method: 'post',
      path: '/people-sources',
      summary: 'Create a people source; POST /api-tokens with its id makes the token for it',
      tag,
      ability: 'sources.write',
      fresh: true,
      body: createSourceBody,
      responses: { 201: { description: 'The source', schema: source } },
      handler: async (call) => {
        const made = await sources.create(call, call.body)
        return created(`/api/v1/people-sources/${made.id}`, await present(made))
      },
    }),
    route({
      method: 'patch',
      path: '/people-sources/{id}',
      summary: 'Rename a people source',
      tag,
      ability: 'sources.write',
      params: idParams,
      body: updateSourceBody,
      responses: { 200: { description: 'The source', schema: source } },
      handler: async (call) => ok(await present(await sources.update(call, call.params.id, call.body))),
    }),
    route({
      method: 'delete',
      path: '/people-sources/{id}',
      summary: 'Delete a people source: its tokens end at once, its people and groups stay and are kept here',
      tag,
      ability: 'sources.write',
      fresh: true,
      params: idParams,
      responses: { 204: { description: 'Deleted' } },
      handler: async (call) => {
        await sources.delete(call, call.params.id)
        return noContent
      },
    }),
  ]
}
