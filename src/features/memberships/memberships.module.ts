/** Who is in which group: direct members, and what connected systems are asked for grants. */
import type { Db } from '../../platform/db/client.ts'
import { createMembers, type MembersDeps } from './members.commands.ts'
import { createProvisioning } from './provisioning.ts'

export interface MembershipsModuleDeps extends MembersDeps {
  db: Db
}

export function createMembershipsModule(deps: MembershipsModuleDeps) {
  return { members: createMembers(deps), provisioning: createProvisioning(deps) }
}
