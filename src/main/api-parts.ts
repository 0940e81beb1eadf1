/** Builds the API's routes and what they need; the tests build the same on their own servers. */
import type { Client } from '@temporalio/client'
import type { PayloadCodec } from '@temporalio/common'
import type { Logger } from 'pino'
import { createApplications } from '../applications/applications.commands.ts'
import { findApplicationsOf } from '../applications/applications.repository.ts'
import { applicationsRoutes } from '../applications/applications.routes.ts'
import { createAccessLog } from '../audit/access-log.ts'
import { checkpointRoutes } from '../audit/audit.checkpoints.routes.ts'
import { auditRoutes } from '../audit/audit.routes.ts'
import { createConnectorRegistry } from '../connectors/connector.registry.ts'
import { connectorsRoutes } from '../connectors/connectors.routes.ts'
import { createPasswords } from '../crypto/passwords.ts'
import type { SecretBox } from '../crypto/secret-box.ts'
import type { Database } from '../db/client.ts'
import { readAdministrators, readDirectoryFacts } from '../directory/directory-facts.repository.ts'
import type { FourEyes } from '../domain/four-eyes.ts'
import { catalogRoutes } from '../flows/catalog.routes.ts'
import { createFlows } from '../flows/flows.commands.ts'
import { flowsRoutes } from '../flows/flows.routes.ts'
import { createGrantCommands } from '../grants/grants.commands.ts'
import { createGrantQueries } from '../grants/grants.queries.ts'
import { grantRoutes } from '../grants/grants.routes.ts'
import { createGroups } from '../groups/groups.commands.ts'
import { isGivenByFlow } from '../groups/groups.repository.ts'
import { groupsRoutes } from '../groups/groups.routes.ts'
import { createMembers } from '../groups/members.commands.ts'
import type { RouteDefinition } from '../http/route.ts'
import { createIdempotency } from '../idempotency/idempotency.ts'
import { reasonOf } from '../log/log.ts'
import { logosRoutes } from '../logos/logos.routes.ts'
import { createLogos } from '../logos/logos.ts'
import { createPendingChanges } from '../pending-changes/pending-changes.commands.ts'
import { pendingChangesRoutes } from '../pending-changes/pending-changes.routes.ts'
import { requesterAccessRoutes } from '../requests/requester-access.routes.ts'
import { createRequestCommands } from '../requests/requests.commands.ts'
import { createOverview } from '../requests/requests.overview.repository.ts'
import { overviewRoutes } from '../requests/requests.overview.routes.ts'
import { createRequestQueries } from '../requests/requests.queries.ts'
import { requestRoutes } from '../requests/requests.routes.ts'
import { createRequestStream } from '../requests/requests.stream.ts'
import { createSubmissions } from '../requests/submissions.repository.ts'
import { createAuthenticator } from '../sessions/authenticator.ts'
import { createCredentials } from '../sessions/credentials.commands.ts'
import { endCredentialsOf } from '../sessions/credentials.repository.ts'
import { credentialsRoutes } from '../sessions/credentials.routes.ts'
import { createPasswordLinks } from '../sessions/password-links.commands.ts'
import { endLinksOf } from '../sessions/password-links.repository.ts'
import { passwordLinksRoutes } from '../sessions/password-links.routes.ts'
import { createPasswordResetLimits } from '../sessions/password-reset-limits.ts'
import { createSessions } from '../sessions/sessions.commands.ts'
import { sessionsRoutes } from '../sessions/sessions.routes.ts'
import { createSignInLimits } from '../sessions/sign-in-limits.ts'
import { createTokens } from '../sessions/tokens.commands.ts'
import { tokensRoutes } from '../sessions/tokens.routes.ts'
import { readLongestTokenDays } from '../settings/settings.repository.ts'
import { settingsRoutes } from '../settings/settings.routes.ts'
import { codecRoutes } from '../temporal/codec.routes.ts'
import { noteAccountAct } from '../users/account-acts.repository.ts'
import { createUsers } from '../users/users.commands.ts'
import { usersRoutes } from '../users/users.routes.ts'
import { createEngineParts } from './engine-parts.ts'

export interface ApiPartsDeps {
  database: Database
  client: Client
  codec: PayloadCodec
  secretBox: SecretBox
  log: Logger
  taskQueue: string
  publicUrl: string
  /** ISO-8601 */
  requestExpiry: string
  /** Base of the Temporal UI's workflow pages, when there is one. */
  workflowsUrl: string | null
  allowPrivateTargets: boolean
  /** Passwords hashed at once. */
  passwordsAtOnce?: number
  /** Milliseconds a caller waits for the outcome of a decision. */
  deadlineMs?: number
  /** `record` when left out. */
  fourEyes?: FourEyes
}

export function createApiParts(deps: ApiPartsDeps) {
  const {
    database,
    client,
    codec,
    secretBox,
    log,
    taskQueue,
    publicUrl,
    requestExpiry,
    workflowsUrl,
    allowPrivateTargets,
    passwordsAtOnce = 2,
    deadlineMs,
    fourEyes = 'record',
  } = deps
  const { db, raw } = database
  const engine = createEngineParts({ db, client, taskQueue, secretBox, log })
  const { audit: auditLog, requests, starter } = engine
  const connectors = createConnectorRegistry({ db, secretBox, allowPrivate: allowPrivateTargets })
  const submissions = createSubmissions({ db, requests })
  const waiting = deadlineMs === undefined ? {} : { deadlineMs }
  const commands = createRequestCommands({
    client,
    requests,
    submissions,
    starter,
    reconciler: engine.requestReconciler,
    ...waiting,
  })
  const queries = createRequestQueries({ db })
  const grantCommands = createGrantCommands({
    client,
    grants: engine.grants,
    starter: engine.grantStarter,
    ...waiting,
  })
  const stream = createRequestStream({ raw, queries, log })
  const members = createMembers({
    db,
    auditLog,
    connectorFor: connectors.connectorFor,
    administrators: readAdministrators,
  })
  const logos = createLogos({
    allowPrivate: allowPrivateTargets,
    onFailure: (host, error) => log.info({ host, reason: reasonOf(error) }, 'a logo could not be fetched'),
  })
  const passwords = createPasswords({ atOnce: passwordsAtOnce })
  const limits = createSignInLimits({ db })
  const accessLog = createAccessLog({
    db,
    auditLog,
    onError: (error) => log.warn({ err: error }, 'an audit entry could not be written'),
  })
  const sessions = createSessions({ db, auditLog, limits, passwords, recordLimited: accessLog.signInLimited })
  const tokens = createTokens({ db, auditLog, longestTokenDays: readLongestTokenDays })
  const credentials = createCredentials({ db, auditLog, limits, passwords })
  const passwordLinks = createPasswordLinks({
    noteAccountAct,
    db,
    auditLog,
    passwords,
    secretBox,
    limits: createPasswordResetLimits({ db }),
  })

  const users = createUsers({
    db,
    auditLog,
    hashNewPassword: passwords.hashNew,
    endCredentialsOf,
    endLinksOf,
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

  const routes: RouteDefinition[] = [
    ...sessionsRoutes({ db, sessions, publicUrl }),
    ...tokensRoutes({ db, tokens }),
    ...credentialsRoutes({ db, credentials }),
    ...requestRoutes({ commands, queries, requestExpiry, workflowsUrl, recordExport: accessLog.exported }),
    ...passwordLinksRoutes({ passwordLinks }),
    ...requesterAccessRoutes({ queries, applicationsOf: (userId) => findApplicationsOf(db, userId) }),
    ...overviewRoutes({ overview: createOverview({ db }) }),
    ...stream.routes(),
    ...grantRoutes({ commands: grantCommands, queries: createGrantQueries({ db }) }),
    ...catalogRoutes({ db }),
    ...flowsRoutes({
      db,
      flows: createFlows({ db, auditLog }),
      readDirectoryFacts: (query) => readDirectoryFacts(db, query),
    }),
    ...usersRoutes({
      db,
      users,
      secondAdministrator: pendingChanges,
      applicationsOf: (userId) => findApplicationsOf(db, userId),
    }),
    ...groupsRoutes({ db, groups: createGroups({ db, auditLog }), members, propose: pendingChanges.propose }),
    ...pendingChangesRoutes({ db, pendingChanges }),
    ...applicationsRoutes({ db, applications: createApplications({ db, auditLog }) }),
    ...connectorsRoutes({ db, secretBox, allowPrivate: allowPrivateTargets, auditLog }),
    ...logosRoutes({ db, logos }),
    ...auditRoutes({ db, accessLog }),
    ...checkpointRoutes({ db }),
    ...settingsRoutes({ db, auditLog }),
    ...codecRoutes({ codec, recordDecoding: accessLog.decoded }),
  ]
  return {
    routes,
    stream,
    commands,
    queries,
    submissions,
    auditLog,
    recordRefusal: accessLog.refused,
    authenticate: createAuthenticator({
      db,
      publicUrl,
      onError: (error) => log.warn({ err: error }, 'last use could not be noted'),
    }),
    idempotency: createIdempotency({ db, secretBox }),
    close: async () => {
      await Promise.all([connectors.close(), logos.close()])
    },
  }
}
