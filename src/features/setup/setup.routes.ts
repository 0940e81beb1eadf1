/** Which of the first steps are done, for administrators. */
import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { ok, route } from '../../platform/http/route.ts'
import { readSetupSteps } from './setup.repository.ts'
import { setupSteps } from './setup.schemas.ts'

export interface SetupRoutesDeps {
  db: DbOrTx
}

export function setupRoutes({ db }: SetupRoutesDeps): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/setup',
      summary: 'Which of the first steps with a new installation are done',
      tag: 'Settings',
      ability: 'settings.read',
      responses: { 200: { description: 'Each step, done or not', schema: setupSteps } },
      handler: async ({ actor }) => {
        const steps = await readSetupSteps(db, actor.id)
        if (!steps) throw new DomainError('not_found', 'This user is not there any more.')
        return ok(steps)
      },
    }),
  ]
}
