/** Changes that one administrator wants and a second one has to confirm. */
import { createPendingChanges, type PendingChangesDeps } from './pending-changes.commands.ts'
import { pendingChangesRoutes } from './pending-changes.routes.ts'

export function createPendingChangesModule(deps: PendingChangesDeps) {
  const pendingChanges = createPendingChanges(deps)
  return { pendingChanges, routes: pendingChangesRoutes({ db: deps.db, pendingChanges }) }
}
