/** Wires the demo to the product's commands. */
import { and, eq, notInArray, sql } from 'drizzle-orm'
import { createApplications } from '../applications/applications.commands.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import { createConnectorsRepository } from '../connectors/connectors.repository.ts'
import { hashPassword } from '../crypto/passwords.ts'
import type { SecretBox } from '../crypto/secret-box.ts'
import type { Database } from '../db/client.ts'
import type { DemoDeps } from '../demo/demo.ts'
import { DomainError } from '../domain/errors.ts'
import { createFlows } from '../flows/flows.commands.ts'
import { createGroups } from '../groups/groups.commands.ts'
import { createMembers } from '../groups/members.commands.ts'
import type { RequestCommands } from '../requests/requests.commands.ts'
import { endCredentialsOf } from '../sessions/credentials.repository.ts'
import { endLinksOf } from '../sessions/password-links.repository.ts'
import { accountActs } from '../users/account-acts.table.ts'
import { createUsers } from '../users/users.commands.ts'
import { users } from '../users/users.table.ts'

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
  const connectors = createConnectorsRepository({ db, secretBox, allowPrivate: true })
  const applications = createApplications({ db, auditLog })
  const flows = createFlows({ db, auditLog })
  return {
    publicUrl,
    password,
    async firstAdministrator() {
      const [user] = await db
        .select()
        .from(users)
        .where(sql`'admin' = any(${users.roles}) and ${users.state} = 'activated'`)
        .orderBy(users.createdAt)
        .limit(1)
      if (!user) throw new Error('there is no administrator')
      return { id: user.id, name: user.name, email: user.email, roles: user.roles }
    },
    async countForeign(demoIds) {
      const [row] = await db
        .select({ count: sql<number>`count(*)::int` })
        .from(users)
        .where(and(notInArray(users.id, demoIds), sql`not 'admin' = any(${users.roles})`))
      return row?.count ?? 0
    },
    async createUsers(actor, people, password) {
      const hash = await hashPassword(password)
      const commandsOfUsers = createUsers({
        db,
        auditLog,
        hashNewPassword: async () => hash,
        endCredentialsOf,
        endLinksOf,
        administrators: nobody,
      })
      for (const { id, isAdministrator, ...person } of people) {
        await commandsOfUsers.create(
          { actor, origin: {}, operationId: id },
          { ...person, password, mustChangePassword: false, roles: isAdministrator ? ['admin'] : [] },
        )
      }
      // Nobody of the demo was made by anybody lately: its administrators are strangers to each other.
      await db.delete(accountActs).where(eq(accountActs.actorId, actor.id))
    },
    createGroup: (operation, group) => groups.create(operation, group),
    addMember: (operation, member) => members.add(operation, member),
    async createConnector({ operationId }, connector) {
      await connectors.create({ ...connector, id: operationId, kind: 'webhook' })
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
