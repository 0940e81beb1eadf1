/** The overview of the queue, for administrators. */
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { ok, route } from '../../platform/http/route.ts'
import { readOverview } from './requests.overview.repository.ts'
import { overview, overviewQuery } from './requests.overview.schemas.ts'

export function overviewRoutes({ db }: { db: DbOrTx }): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/access-requests/overview',
      summary: 'Open requests by age, time to decision, and who holds requests longest',
      tag: 'Access requests',
      ability: 'queue.read',
      query: overviewQuery,
      responses: { 200: { description: 'The queue in numbers', schema: overview } },
      handler: async ({ query }) => ok(await readOverview(db, query)),
    }),
  ]
}
