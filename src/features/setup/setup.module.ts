/** The first steps with a new installation. */
import { type SetupRoutesDeps, setupRoutes } from './setup.routes.ts'

export function createSetupModule(deps: SetupRoutesDeps) {
  return { routes: setupRoutes(deps) }
}
