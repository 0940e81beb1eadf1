/** The whole HTTP side in process, on a real database of its own. */
import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { RequestHandler } from 'express'
import { type Logger, pino } from 'pino'
import type { FourEyes } from '../../src/domain/request/four-eyes.ts'
import { createAccessLog } from '../../src/features/audit/access-log.ts'
import { checkpointRoutes } from '../../src/features/audit/audit.checkpoints.routes.ts'
import { createAuditLog } from '../../src/features/audit/audit.repository.ts'
import { auditRoutes } from '../../src/features/audit/audit.routes.ts'
import { createConnectorRegistry } from '../../src/features/connectors/connector.registry.ts'
import { connectorsRoutes } from '../../src/features/connectors/connectors.routes.ts'
import { createApplications } from '../../src/features/directory/applications/applications.commands.ts'
import { findApplicationsOf } from '../../src/features/directory/applications/applications.repository.ts'
import { applicationsRoutes } from '../../src/features/directory/applications/applications.routes.ts'
import { readAdministrators, readDirectoryFacts } from '../../src/features/directory/facts.repository.ts'
import { createGroups } from '../../src/features/directory/groups/groups.commands.ts'
import { groupsRoutes } from '../../src/features/directory/groups/groups.routes.ts'
import { noteAccountAct } from '../../src/features/directory/users/account-acts.repository.ts'
import { ensureFirstAdministrator } from '../../src/features/directory/users/first-administrator.commands.ts'
import { createUsers } from '../../src/features/directory/users/users.commands.ts'
import { usersRoutes } from '../../src/features/directory/users/users.routes.ts'
import { catalogRoutes } from '../../src/features/flows/catalog.routes.ts'
import { createFlows } from '../../src/features/flows/flows.commands.ts'
import { flowsRoutes } from '../../src/features/flows/flows.routes.ts'
import { createMembers } from '../../src/features/memberships/members.commands.ts'
import { isGivenByFlow } from '../../src/features/memberships/memberships.repository.ts'
import { createPendingChanges } from '../../src/features/pending-changes/pending-changes.commands.ts'
import { pendingChangesRoutes } from '../../src/features/pending-changes/pending-changes.routes.ts'
import { createAuthenticator } from '../../src/features/sessions/authenticator.ts'
import { createCredentials } from '../../src/features/sessions/credentials.commands.ts'
import { endCredentialsOf } from '../../src/features/sessions/credentials.repository.ts'
import { credentialsRoutes } from '../../src/features/sessions/credentials.routes.ts'
import { createPasswordLinks } from '../../src/features/sessions/password-links.commands.ts'
import { endLinksOf } from '../../src/features/sessions/password-links.repository.ts'
import { passwordLinksRoutes } from '../../src/features/sessions/password-links.routes.ts'
import { createPasswordResetLimits } from '../../src/features/sessions/password-reset-limits.ts'
import { createSessions } from '../../src/features/sessions/sessions.commands.ts'
import { sessionsRoutes } from '../../src/features/sessions/sessions.routes.ts'
import { createSignInLimits } from '../../src/features/sessions/sign-in-limits.ts'
import { createTokens } from '../../src/features/sessions/tokens.commands.ts'
import { tokensRoutes } from '../../src/features/sessions/tokens.routes.ts'
import { readLongestTokenDays } from '../../src/features/settings/settings.repository.ts'
import { settingsRoutes } from '../../src/features/settings/settings.routes.ts'
import { openDatabase } from '../../src/platform/db/client.ts'
import { createApp } from '../../src/platform/http/app.ts'
import { createIdempotency } from '../../src/platform/http/idempotency.ts'
import type { RouteDefinition } from '../../src/platform/http/route.ts'
import type { TimeLimits } from '../../src/platform/http/time-limit.ts'
import { createPasswords, hashPassword, type Passwords } from '../../src/platform/secrets/passwords.ts'
import { createSecretBox } from '../../src/platform/secrets/secret-box.ts'
import { createClient } from './client.ts'
import { createTestDatabase } from './database.ts'

export const administrator = { email: 'admin@example.test', password: 'the-first-administrator' }

export type Parts = ReturnType<typeof openParts>
export type TestApp = Awaited<ReturnType<typeof startTestApp>>

/** Nothing of the kind may happen in a test. */
export function unexpected(error: unknown): never {
  throw error
}

function openParts(url: string) {
  const database = openDatabase(url)
  const { db } = database
  const secretBox = createSecretBox([{ id: 'test', key: randomBytes(32) }])
  const auditLog = createAuditLog({ secretBox })
  const connectors = createConnectorRegistry({ db, secretBox, allowPrivate: true })
  return { url, database, db, secretBox, auditLog, connectors }
}

/** The routes of the directory: everything but requests and grants. */
export function directoryRoutes(
  { db, secretBox, auditLog, connectors }: Parts,
  publicUrl: string,
  {
    passwords = createPasswords({ atOnce: 2 }),
    fourEyes = 'record',
  }: { passwords?: Passwords | undefined; fourEyes?: FourEyes } = {},
): RouteDefinition[] {
  const limits = createSignInLimits({ db })
  const accessLog = createAccessLog({ db, auditLog, onError: unexpected })
  const sessions = createSessions({ db, auditLog, limits, passwords, recordLimited: accessLog.signInLimited })
  const tokens = createTokens({ db, auditLog, longestTokenDays: readLongestTokenDays })
  const credentials = createCredentials({ db, auditLog, limits, passwords })
  const resetLimits = createPasswordResetLimits({ db })
  const passwordLinks = createPasswordLinks({ db, auditLog, passwords, secretBox, limits: resetLimits, noteAccountAct })
  const users = createUsers({
    db,
    auditLog,
    hashNewPassword: passwords.hashNew,
    endCredentialsOf,
    endLinksOf,
    administrators: readAdministrators,
  })
  const members = createMembers({
    db,
    auditLog,
    connectorFor: connectors.connectorFor,
    administrators: readAdministrators,
  })
  const pendingChanges = createPendingChanges({
    db,
    auditLog,
    fourEyes,
    setRoles: (operation, userId, roles) => users.update(operation, userId, { roles: roles as 'admin'[] }),
    addMember: members.add,
    isGivenByFlow,
    noteAccountAct,
  })
  return [
    ...sessionsRoutes({ db, sessions, publicUrl }),
    ...tokensRoutes({ db, tokens }),
    ...credentialsRoutes({ db, credentials }),
    ...passwordLinksRoutes({ passwordLinks }),
    ...usersRoutes({
      db,
      users,
      secondAdministrator: pendingChanges,
      applicationsOf: (userId) => findApplicationsOf(db, userId),
    }),
    ...groupsRoutes({
      db,
      groups: createGroups({ db, auditLog }),
      members,
      propose: pendingChanges.propose,
    }),
    ...pendingChangesRoutes({ db, pendingChanges }),
    ...applicationsRoutes({ db, applications: createApplications({ db, auditLog }) }),
    ...flowsRoutes({
      db,
      flows: createFlows({ db, auditLog }),
      readDirectoryFacts: (query) => readDirectoryFacts(db, query),
    }),
    ...catalogRoutes({ db }),
    ...auditRoutes({ db, accessLog }),
    ...checkpointRoutes({ db }),
    ...settingsRoutes({ db, auditLog }),
    ...connectorsRoutes({ db, secretBox, auditLog, allowPrivate: true }),
  ]
}

/**
 * Starts the app on a fresh database with one administrator. Call `close` in `afterAll`.
 * `routes` adds routes to those of the directory; `publicUrl` is only for links and cookies; `passwords` may count.
 */
export async function startTestApp({
  routes = () => [],
  publicUrl = 'http://localhost',
  log = pino({ level: process.env.TEST_LOG ?? 'silent' }),
  limits,
  passwords,
  fourEyes = 'record',
  trustedProxies,
  extras,
}: {
  routes?: (parts: Parts) => RouteDefinition[]
  publicUrl?: string
  log?: Logger
  limits?: TimeLimits
  passwords?: Passwords
  fourEyes?: FourEyes
  trustedProxies?: number | string[]
  extras?: RequestHandler[]
} = {}) {
  const testDatabase = await createTestDatabase()
  const parts = openParts(testDatabase.serviceUrl)
  const superuser = openDatabase(testDatabase.url)
  const { db, secretBox, auditLog } = parts
  await ensureFirstAdministrator({ db, auditLog, hashPassword }, administrator)
  const app = createApp({
    log,
    authenticate: createAuthenticator({ db, publicUrl }),
    idempotency: createIdempotency({ db, secretBox }),
    recordRefusal: createAccessLog({ db, auditLog, onError: unexpected }).refused,
    routes: [...directoryRoutes(parts, publicUrl, { passwords, fourEyes }), ...routes(parts)],
    publicUrl,
    ...(limits ? { limits } : {}),
    ...(extras ? { extras } : {}),
    ...(trustedProxies === undefined ? {} : { trustedProxies }),
  })
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    ...parts,
    /** For what nobody may do who has only the service's role. */
    superuser: superuser.db,
    base,
    /** Nobody; or whoever holds the token. */
    client: (options: { token?: string } = {}) => createClient(base, options),
    /** A client that is signed in. @throws when the sign-in is refused */
    async signIn(email = administrator.email, password = administrator.password) {
      const client = createClient(base)
      const answer = await client.signIn(email, password)
      if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}: ${JSON.stringify(answer.body)}`)
      return client
    },
    async close(): Promise<void> {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await parts.connectors.close()
      await Promise.all([parts.database.close(), superuser.close()])
      await testDatabase.drop()
    },
  }
}
