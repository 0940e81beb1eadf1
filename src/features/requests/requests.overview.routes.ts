/** The overview of the queue, for administrators. */
import type { RouteDefinition } from '../../platform/http/route.ts'
import { ok, route } from '../../platform/http/route.ts'
import type { OverviewReader } from './requests.overview.repository.ts'
import { overview, overviewQuery } from './requests.overview.schemas.ts'

export function overviewRoutes({ overview: reader }: { overview: OverviewReader }): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/access-requests/overview',
      summary: 'Open requests by age, time to decision, and who holds requests longest',
      tag: 'Access requests',
      ability: 'queue.read',
      query: overviewQuery,
      responses: { 200: { description: 'The queue in numbers', schema: overview } },
      handler: async ({ query }) => ok(await reader.read(query)),
    }),
  ]
}
