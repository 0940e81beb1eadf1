/** All texts by namespace, for their types: the texts themselves are loaded one namespace at a time. */
import type { access } from './access.ts'
import type { applications } from './applications.ts'
import type { approvals } from './approvals.ts'
import type { asking } from './asking.ts'
import type { audit } from './audit.ts'
import type { changes } from './changes.ts'
import type { common } from './common.ts'
import type { connectors } from './connectors.ts'
import type { finder } from './finder.ts'
import type { flows } from './flows.ts'
import type { groups } from './groups.ts'
import type { mails } from './mails.ts'
import type { overview } from './overview.ts'
import type { passwords } from './passwords.ts'
import type { people } from './people.ts'
import type { portal } from './portal.ts'
import type { requests } from './requests.ts'
import type { sessions } from './sessions.ts'
import type { settings } from './settings.ts'
import type { sources } from './sources.ts'
import type { tokens } from './tokens.ts'
import type { users } from './users.ts'
import type { views } from './views.ts'

export interface English {
  access: typeof access
  applications: typeof applications
  approvals: typeof approvals
  asking: typeof asking
  audit: typeof audit
  changes: typeof changes
  common: typeof common
  connectors: typeof connectors
  finder: typeof finder
  flows: typeof flows
  mails: typeof mails
  overview: typeof overview
  groups: typeof groups
  passwords: typeof passwords
  people: typeof people
  portal: typeof portal
  requests: typeof requests
  sessions: typeof sessions
  settings: typeof settings
  sources: typeof sources
  tokens: typeof tokens
  users: typeof users
  views: typeof views
}
