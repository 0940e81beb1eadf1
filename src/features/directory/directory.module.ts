/** Users, groups and applications: what the directory of a company holds. */

import type { Db } from '../../platform/db/client.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import { createApplications } from './applications/applications.commands.ts'
import { findApplicationsOf } from './applications/applications.repository.ts'
import { applicationsRoutes } from './applications/applications.routes.ts'
import { readAdministrators } from './facts.repository.ts'
import { createGroups } from './groups/groups.commands.ts'
import { type GroupsRoutesDeps, groupsRoutes } from './groups/groups.routes.ts'
import { createLdap } from './ldap/ldap.commands.ts'
import { createLdapEngine, type LdapEngineDeps } from './ldap/ldap.engine.ts'
import { ldapRoutes } from './ldap/ldap.routes.ts'
import { createLdapSync, type LdapSyncDeps } from './ldap/ldap-sync.commands.ts'
import { createPeopleImport, type PeopleImportDeps } from './people/people.import.commands.ts'
import { type PeopleRoutesDeps, peopleRoutes } from './people/people.routes.ts'
import { createScimGroups } from './scim/scim-groups.commands.ts'
import { createScimPeople } from './scim/scim-people.commands.ts'
import { createSources } from './sources/sources.commands.ts'
import { sourcesRoutes } from './sources/sources.routes.ts'
import { departmentsRoutes } from './users/departments.routes.ts'
import { createUsers, type UsersDeps } from './users/users.commands.ts'
import { type UsersRoutesDeps, usersRoutes } from './users/users.routes.ts'

export interface DirectoryModuleDeps
  extends Pick<
      UsersDeps,
      'hashNewPassword' | 'takesAddress' | 'endCredentialsOf' | 'endLinksOf' | 'comesByAddress' | 'forgetClaimedRole'
    >,
    Pick<UsersRoutesDeps, 'secondAdministrator'>,
    Pick<GroupsRoutesDeps, 'members' | 'propose'>,
    Pick<PeopleRoutesDeps, 'sendExport' | 'recordExport'>,
    Pick<PeopleImportDeps, 'memberAddedMails'>,
    Pick<LdapSyncDeps, 'secretBox' | 'allowPrivate'>,
    LdapEngineDeps {
  db: Db
  auditLog: Pick<AuditLog, 'within'>
  publicUrl: string
}

export function createDirectoryModule(deps: DirectoryModuleDeps) {
  const { db } = deps
  const users = createUsers({ ...deps, administrators: readAdministrators })
  const groups = createGroups(deps)
  const peopleImport = createPeopleImport({
    ...deps,
    administrators: readAdministrators,
    needsSecondAdministrator: deps.secondAdministrator.isAskedFor,
  })
  const sources = createSources(deps)
  const ldapSync = createLdapSync({ ...deps, administrators: readAdministrators })
  const ldap = createLdap({ ...deps, engine: createLdapEngine(deps) })
  const applications = createApplications(deps)
  const applicationsOf = (userId: string) => findApplicationsOf(db, userId)
  const routes: RouteDefinition[] = [
    ...usersRoutes({ ...deps, users, applicationsOf }),
    ...peopleRoutes({ ...deps, peopleImport }),
    ...departmentsRoutes(deps.db),
    ...groupsRoutes({ ...deps, groups }),
    ...applicationsRoutes({ db, applications }),
    ...sourcesRoutes({ ...deps, sources }),
    ...ldapRoutes({ db, ldap }),
  ]
  const scimGroups = createScimGroups({ ...deps, groups })
  const scim = { people: createScimPeople({ db, users, groups: scimGroups }), groups: scimGroups }
  return { ldap, ldapSync, users, groups, sources, scim, applications, applicationsOf, routes }
}
