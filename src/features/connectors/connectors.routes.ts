/** Connectors, for administrators. A secret is shown once, by the call that makes it. */
import { readPage } from '../../platform/http/page.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { created, noContent, ok, route } from '../../platform/http/route.ts'
import { idParams } from '../../platform/http/schemas.ts'
import type { ConnectorCommandsDeps } from './connectors.commands.ts'
import { createConnectorCommands } from './connectors.commands.ts'
import { listConnectors, readConnector } from './connectors.repository.ts'
import {
  connectorShape,
  connectorsPage,
  connectorsQuery,
  createConnectorBody,
  createdConnectorShape,
  updateConnectorBody,
} from './connectors.schemas.ts'

export type ConnectorsRoutesDeps = ConnectorCommandsDeps

const tag = 'Connectors'

export function connectorsRoutes(deps: ConnectorsRoutesDeps): RouteDefinition[] {
  return [...readingRoutes(deps), ...writingRoutes(deps)]
}

function readingRoutes({ db }: ConnectorsRoutesDeps): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/connectors',
      summary: 'Connectors',
      tag,
      ability: 'directory.read',
      query: connectorsQuery,
      responses: { 200: { description: 'A page of connectors', schema: connectorsPage } },
      handler: async ({ query }) =>
        ok(await readPage({ ...query, list: 'connectors', sort: 'name' }, (slice) => listConnectors(db, slice))),
    }),
    route({
      method: 'get',
      path: '/connectors/{id}',
      summary: 'A connector',
      tag,
      ability: 'directory.read',
      params: idParams,
      responses: { 200: { description: 'The connector', schema: connectorShape } },
      handler: async ({ params }) => ok(await readConnector(db, params.id)),
    }),
  ]
}

function writingRoutes(deps: ConnectorsRoutesDeps): RouteDefinition[] {
  const commands = createConnectorCommands(deps)
  return [
    route({
      method: 'post',
      path: '/connectors',
      summary: 'Create a connector',
      tag,
      ability: 'directory.write',
      fresh: true,
      body: createConnectorBody,
      responses: { 201: { description: 'The connector, its secret shown this once', schema: createdConnectorShape } },
      handler: async (call) => {
        const made = await commands.create(call, call.body)
        return created(`/api/v1/connectors/${made.id}`, made)
      },
    }),
    route({
      method: 'patch',
      path: '/connectors/{id}',
      summary: 'Change a connector',
      tag,
      ability: 'directory.write',
      fresh: true,
      params: idParams,
      body: updateConnectorBody,
      responses: { 200: { description: 'The connector', schema: connectorShape } },
      handler: async (call) => ok(await commands.update(call, call.params.id, call.body)),
    }),
    route({
      method: 'delete',
      path: '/connectors/{id}',
      summary: 'Delete a connector that nothing uses; one that ended access names is archived',
      tag,
      ability: 'directory.write',
      fresh: true,
      params: idParams,
      responses: { 204: { description: 'Deleted' } },
      handler: async (call) => {
        await commands.delete(call, call.params.id)
        return noContent
      },
    }),
  ]
}
