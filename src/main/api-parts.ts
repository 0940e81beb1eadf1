/** Builds the API's routes and what they need; the tests build the same on their own servers. */
import type { Client } from '@temporalio/client'
import type { PayloadCodec } from '@temporalio/common'
import type { Logger } from 'pino'
import type { FourEyes } from '../domain/request/four-eyes.ts'
import { createAccessLog } from '../features/audit/access-log.ts'
import { checkpointRoutes } from '../features/audit/audit.checkpoints.routes.ts'
import { auditRoutes } from '../features/audit/audit.routes.ts'
import { createConnectorRegistry } from '../features/connectors/connector.registry.ts'
import { connectorsRoutes } from '../features/connectors/connectors.routes.ts'
import { createApplications } from '../features/directory/applications/applications.commands.ts'
import { findApplicationsOf } from '../features/directory/applications/applications.repository.ts'
import { applicationsRoutes } from '../features/directory/applications/applications.routes.ts'
import { readAdministrators, readDirectoryFacts } from '../features/directory/facts.repository.ts'
import { createGroups } from '../features/directory/groups/groups.commands.ts'
import { groupsRoutes } from '../features/directory/groups/groups.routes.ts'
import { noteAccountAct } from '../features/directory/users/account-acts.repository.ts'
import { createUsers } from '../features/directory/users/users.commands.ts'
import { usersRoutes } from '../features/directory/users/users.routes.ts'
import { catalogRoutes } from '../features/flows/catalog.routes.ts'
import { createFlows } from '../features/flows/flows.commands.ts'
import { flowsRoutes } from '../features/flows/flows.routes.ts'
import { createGrantCommands } from '../features/grants/grants.commands.ts'
import { createGrantQueries } from '../features/grants/grants.queries.repository.ts'
import { grantRoutes } from '../features/grants/grants.routes.ts'
import { logosRoutes } from '../features/logos/logos.routes.ts'
import { createLogos } from '../features/logos/logos.ts'
import { createMembers } from '../features/memberships/members.commands.ts'
import { isGivenByFlow } from '../features/memberships/memberships.repository.ts'
import { createPendingChanges } from '../features/pending-changes/pending-changes.commands.ts'
import { pendingChangesRoutes } from '../features/pending-changes/pending-changes.routes.ts'
import { requesterAccessRoutes } from '../features/requests/requester-access.routes.ts'
import { createRequestCommands } from '../features/requests/requests.commands.ts'
import { createOverview } from '../features/requests/requests.overview.repository.ts'
import { overviewRoutes } from '../features/requests/requests.overview.routes.ts'
import { createRequestQueries } from '../features/requests/requests.queries.repository.ts'
import { requestRoutes } from '../features/requests/requests.routes.ts'
import { createRequestStream } from '../features/requests/requests.stream.ts'
import { createSubmissions } from '../features/requests/submissions.repository.ts'
import { createAuthenticator } from '../features/sessions/authenticator.ts'
import { createCredentials } from '../features/sessions/credentials.commands.ts'
import { endCredentialsOf } from '../features/sessions/credentials.repository.ts'
import { credentialsRoutes } from '../features/sessions/credentials.routes.ts'
import { createPasswordLinks } from '../features/sessions/password-links.commands.ts'
import { endLinksOf } from '../features/sessions/password-links.repository.ts'
import { passwordLinksRoutes } from '../features/sessions/password-links.routes.ts'
import { createPasswordResetLimits } from '../features/sessions/password-reset-limits.ts'
import { createSessions } from '../features/sessions/sessions.commands.ts'
import { sessionsRoutes } from '../features/sessions/sessions.routes.ts'
import { createSignInLimits } from '../features/sessions/sign-in-limits.ts'
import { createTokens } from '../features/sessions/tokens.commands.ts'
import { tokensRoutes } from '../features/sessions/tokens.routes.ts'
import { readLongestTokenDays } from '../features/settings/settings.repository.ts'
import { settingsRoutes } from '../features/settings/settings.routes.ts'
import type { Database } from '../platform/db/client.ts'
import { codecRoutes } from '../platform/engine/codec.routes.ts'
import { createIdempotency } from '../platform/http/idempotency.ts'
import type { RouteDefinition } from '../platform/http/route.ts'
import { reasonOf } from '../platform/log/log.ts'
import { createPasswords } from '../platform/secrets/passwords.ts'
import type { SecretBox } from '../platform/secrets/secret-box.ts'
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
