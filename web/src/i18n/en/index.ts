/** All texts by namespace, for their types: the texts themselves are loaded one namespace at a time. */
import type { access } from './access.ts'
import type { approvals } from './approvals.ts'
import type { asking } from './asking.ts'
import type { audit } from './audit.ts'
import type { common } from './common.ts'
import type { flows } from './flows.ts'
import type { portal } from './portal.ts'
import type { requests } from './requests.ts'
import type { users } from './users.ts'

export interface English {
  approvals: typeof approvals
  asking: typeof asking
  common: typeof common
  portal: typeof portal
  requests: typeof requests
  users: typeof users
  access: typeof access
  audit: typeof audit
  flows: typeof flows
}
