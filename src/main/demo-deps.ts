/** Wires the demo to the product's commands. */
import { countForeign, firstAdministrator, forgetActsOf } from '../demo/demo.repository.ts'
import type { DemoDeps } from '../demo/demo.ts'
import { DomainError } from '../domain/shared/errors.ts'
import type { AuditLog } from '../features/audit/audit.repository.ts'
import { insertConnector } from '../features/connectors/connectors.repository.ts'
import { createApplications } from '../features/directory/applications/applications.commands.ts'
import { createGroups } from '../features/directory/groups/groups.commands.ts'
import { createUsers } from '../features/directory/users/users.commands.ts'
import { createFlows } from '../features/flows/flows.commands.ts'
import { createMembers } from '../features/memberships/members.commands.ts'
import type { RequestCommands } from '../features/requests/requests.commands.ts'
import { endCredentialsOf } from '../features/sessions/credentials.repository.ts'
import { identityLinks } from '../features/sessions/oidc.repository.ts'
import { endLinksOf } from '../features/sessions/password-links.repository.ts'
import type { Database } from '../platform/db/client.ts'
import { hashPassword } from '../platform/secrets/passwords.ts'
import type { SecretBox } from '../platform/secrets/secret-box.ts'

export interface DemoWiring {
  database: Database
  secretBox: SecretBox
  auditLog: AuditLog
  commands: RequestCommands
  publicUrl: string
  /** ISO-8601 */
  expiry: string
  /** Of everybody in the demo but its administrator. */
  password: string
}

export function demoDeps({
  database: { db },
  secretBox,
  auditLog,
  commands,
  publicUrl,
  expiry,
  password,
}: DemoWiring): DemoDeps {
  // What the demo is made of is no news to anybody.
  const nobody = async () => []
  const groups = createGroups({ db, auditLog })
  const members = createMembers({ db, auditLog, connectorFor: async () => null, administrators: nobody })
  const applications = createApplications({ db, auditLog })
  const flows = createFlows({ db, auditLog })
  return {
    publicUrl,
    password,
    firstAdministrator: () => firstAdministrator(db),
    countForeign: (demoIds) => countForeign(db, demoIds),
    async createUsers(actor, people, password) {
      const hash = await hashPassword(password)
      const commandsOfUsers = createUsers({
        db,
        auditLog,
        hashNewPassword: async () => hash,
        takesAddress: async () => true,
        endCredentialsOf,
        endLinksOf,
        ...identityLinks(),
        administrators: nobody,
      })
      for (const { id, isAdministrator, ...person } of people) {
        await commandsOfUsers.create(
          { actor, origin: {}, operationId: id },
          { ...person, password, mustChangePassword: false, roles: isAdministrator ? ['admin'] : [] },
        )
      }
      await forgetActsOf(db, actor.id)
    },
    createGroup: (operation, group) => groups.create(operation, group),
    addMember: (operation, member) => members.add(operation, member),
    async createConnector({ operationId }, connector) {
      await insertConnector(db, { secretBox, allowPrivate: true }, { ...connector, id: operationId, kind: 'webhook' })
      return operationId
    },
    createApplication: (operation, application) => applications.create(operation, { ...application, logoUrl: null }),
    createFlow: (operation, flow) => flows.create(operation, { ...flow, freshSignIn: false }),
    submit: (request) => commands.submit({ ...request, expiry }),
    decide: (id, message, operationId) => commands.decide(id, message, operationId),
    override: (id, message, operationId) => commands.override(id, message, operationId),
    withdraw: (id, message, operationId) => commands.withdraw(id, message, operationId),
    isRefusal: (error) => error instanceof DomainError && error.code !== 'engine_unavailable',
  }
}
