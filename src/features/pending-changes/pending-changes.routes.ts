/** Changes that wait for a second administrator. */
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { noContent, ok, route } from '../../platform/http/route.ts'
import { idParams } from '../../platform/http/schemas.ts'
import type { PendingChanges } from './pending-changes.commands.ts'
import { listOpenChanges } from './pending-changes.repository.ts'
import { pendingChangeList } from './pending-changes.schemas.ts'

export interface PendingChangesRoutesDeps {
  db: DbOrTx
  pendingChanges: Pick<PendingChanges, 'approve' | 'reject'>
}

const tag = 'Users'

export function pendingChangesRoutes({ db, pendingChanges }: PendingChangesRoutesDeps): RouteDefinition[] {
  const decided = (verb: 'approve' | 'reject', summary: string) =>
    route({
      method: 'post',
      path: `/pending-changes/{id}/${verb}`,
      summary,
      tag,
      ability: 'credentials.write',
      params: idParams,
      fresh: verb === 'approve',
      responses: { 204: { description: 'Done' } },
      handler: async (call) => {
        await pendingChanges[verb](call, call.params.id)
        return noContent
      },
    })
  return [
    route({
      method: 'get',
      path: '/pending-changes',
      summary: 'Roles and memberships that wait for a second administrator (FOUR_EYES=require)',
      tag,
      ability: 'directory.read',
      responses: {
        200: { description: 'Those nobody has decided, newest first, 200 at most', schema: pendingChangeList },
      },
      handler: async () => ok({ items: await listOpenChanges(db) }),
    }),
    decided('approve', 'Confirm a change that another administrator wants: it is carried out'),
    decided('reject', 'Do away with a change that waits'),
  ]
}
