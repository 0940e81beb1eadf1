/** Saved views of the queue, for administrators. */
import { presentPage, readPage } from '../../../platform/http/page.ts'
import type { RouteDefinition } from '../../../platform/http/route.ts'
import { created, noContent, ok, route } from '../../../platform/http/route.ts'
import { basePath, idParams } from '../../../platform/http/schemas.ts'
import { createViewCommands, type ViewCommandsDeps, viewAbilities } from './views.commands.ts'
import { chooseDefault, listViews, readDefaultView, readView, type ViewRow } from './views.repository.ts'
import { defaultViewBody, view, viewBody, viewsPage, viewsQuery } from './views.schemas.ts'

const tag = 'Views'
const one = { description: 'The view', schema: view }

function presentView(row: ViewRow, userId: string) {
  const { place: _place, hasOwner: _hasOwner, search, ...shown } = row
  return { ...shown, search: search as object, locked: row.owner === null, abilities: viewAbilities(row, userId) }
}

export function viewsRoutes(deps: ViewCommandsDeps): RouteDefinition[] {
  return [...readingRoutes(deps), ...writingRoutes(deps)]
}

function readingRoutes({ db }: ViewCommandsDeps): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/views',
      summary: 'Views of the queue: one’s own and those that are shared',
      tag,
      ability: 'views.read',
      query: viewsQuery,
      responses: { 200: { description: 'A page of views: the locked one, then by name', schema: viewsPage } },
      handler: async ({ query, actor }) => {
        const found = await readPage({ ...query, list: 'views', sort: 'place' }, (slice) =>
          listViews(db, actor.id, slice),
        )
        return ok(presentPage(found, (row) => presentView(row, actor.id)))
      },
    }),
    route({
      method: 'get',
      path: '/views/{id}',
      summary: 'A view of the queue',
      tag,
      ability: 'views.read',
      params: idParams,
      responses: { 200: one },
      handler: async ({ params, actor }) => ok(presentView(await readView(db, actor.id, params.id), actor.id)),
    }),
    route({
      method: 'get',
      path: '/me/default-view',
      summary: 'The view that the queue opens with: the locked one where the chosen one is gone or shared no more',
      tag,
      ability: 'views.read',
      responses: { 200: one },
      handler: async ({ actor }) => ok(presentView(await readDefaultView(db, actor.id), actor.id)),
    }),
  ]
}

function writingRoutes(deps: ViewCommandsDeps): RouteDefinition[] {
  const commands = createViewCommands(deps)
  return [
    route({
      method: 'post',
      path: '/views',
      summary: 'Save a view of the queue, at most 100 a person',
      tag,
      ability: 'views.write',
      body: viewBody,
      responses: { 201: one },
      handler: async (call) => {
        const made = await commands.create(call, call.body)
        return created(`${basePath}/views/${made.id}`, presentView(made, call.actor.id))
      },
    }),
    route({
      method: 'put',
      path: '/views/{id}',
      summary: 'Change a view of one’s own',
      tag,
      ability: 'views.write',
      params: idParams,
      body: viewBody,
      responses: { 200: one },
      handler: async (call) => ok(presentView(await commands.update(call, call.params.id, call.body), call.actor.id)),
    }),
    route({
      method: 'delete',
      path: '/views/{id}',
      summary: 'Delete a view of one’s own, or a shared one whose owner is no administrator any more',
      tag,
      ability: 'views.write',
      params: idParams,
      responses: { 204: { description: 'Deleted' } },
      handler: async (call) => {
        await commands.delete(call, call.params.id)
        return noContent
      },
    }),
    route({
      method: 'put',
      path: '/me/default-view',
      summary: 'Choose which view the queue opens with',
      tag,
      ability: 'views.write',
      body: defaultViewBody,
      responses: { 200: one },
      handler: async ({ body, actor }) => {
        await readView(deps.db, actor.id, body.viewId)
        await chooseDefault(deps.db, actor.id, body.viewId)
        return ok(presentView(await readView(deps.db, actor.id, body.viewId), actor.id))
      },
    }),
  ]
}
