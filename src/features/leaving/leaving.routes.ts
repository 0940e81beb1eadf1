/** What happened to the access of people who have left, for administrators. */
import { z } from 'zod'
import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { ok, route } from '../../platform/http/route.ts'
import { idParams } from '../../platform/http/schemas.ts'
import { listLeavers, readLeaving } from './leaving.repository.ts'
import { leavers, leaving } from './leaving.schemas.ts'

export function leavingRoutes(db: DbOrTx): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/users/{id}/leaving',
      summary: 'What the last suspension of a user did: requests, access, memberships and steps',
      tag: 'Users',
      ability: 'directory.read',
      params: idParams,
      responses: { 200: { description: 'Up to 200 of each', schema: leaving } },
      handler: async ({ params }) => {
        const found = await readLeaving(db, params.id)
        if (!found) throw new DomainError('not_found', 'There is no such user.')
        return ok(found)
      },
    }),
    route({
      method: 'get',
      path: '/leavers',
      summary: 'People who have left and still have access, or memberships that somebody has to decide about',
      tag: 'Users',
      ability: 'directory.read',
      query: z.strictObject({}),
      responses: { 200: { description: 'The latest first, up to 200', schema: leavers } },
      handler: async () => ok({ items: await listLeavers(db) }),
    }),
  ]
}
