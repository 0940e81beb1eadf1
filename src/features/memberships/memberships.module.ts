/** Who is in which group: direct members, and what connected systems are told of members and grants. */
import type { Client } from '@temporalio/client'
import type { DirectoryChange } from '../../../activities/index.ts'
import type { Db } from '../../platform/db/client.ts'
import { createMembers, type MembersDeps } from './members.commands.ts'
import { createProvisioning } from './provisioning.ts'
import { createSettlingEngine } from './settling.engine.ts'
import { createSettling } from './settling.ts'
import { type Scope, systemsUnsettled } from './told.repository.ts'

export interface MembershipsModuleDeps extends MembersDeps {
  db: Db
  client: Client
  taskQueue: string
}

export function createMembershipsModule(deps: MembershipsModuleDeps) {
  const engine = createSettlingEngine(deps)

  async function settle(scope: Scope): Promise<void> {
    for (const connectorId of await systemsUnsettled(deps.db, scope)) await engine.settle(connectorId)
  }

  return {
    members: createMembers(deps),
    provisioning: { ...createProvisioning(deps), ...createSettling(deps) },
    settling: {
      /** Has connected systems told what a change of a person or a group means to them. */
      async afterChange({ kind, changedId }: Pick<DirectoryChange, 'kind' | 'changedId'>): Promise<void> {
        if (kind === 'user_changed') await settle({ userId: changedId })
        if (kind === 'group_changed') await settle({ groupId: changedId })
      },
      /** What was left unsure, or has failed and is due again. */
      again: () => settle({ isNoted: true }),
      /** Everything, for what nobody has noted. */
      all: () => settle({}),
    },
  }
}
