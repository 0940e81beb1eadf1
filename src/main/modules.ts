/**
 * Puts the features together: every process and tool of the service, and the tests, build the same. Nothing connects and
 * nothing runs until it is used.
 */
import type { Client } from '@temporalio/client'
import type { PayloadCodec } from '@temporalio/common'
import type { Logger } from 'pino'
import type { Operation } from '../domain/operation.ts'
import type { FourEyes } from '../domain/request/four-eyes.ts'
import { createAuditModule } from '../features/audit/audit.module.ts'
import { createConnectorsModule } from '../features/connectors/connectors.module.ts'
import { createDirectoryModule } from '../features/directory/directory.module.ts'
import { readAdministrators } from '../features/directory/facts.repository.ts'
import { scimRouter } from '../features/directory/scim/scim.router.ts'
import { noteAccountAct } from '../features/directory/users/account-acts.repository.ts'
import type { Users } from '../features/directory/users/users.commands.ts'
import { createFlowsModule } from '../features/flows/flows.module.ts'
import { createGrantsModule } from '../features/grants/grants.module.ts'
import { leavingRoutes } from '../features/leaving/leaving.routes.ts'
import { createLogosModule } from '../features/logos/logos.module.ts'
import { createMailsModule } from '../features/mails/mails.module.ts'
import { memberAddedMails } from '../features/memberships/members.mails.ts'
import { createMembershipsModule } from '../features/memberships/memberships.module.ts'
import { isGivenByFlow } from '../features/memberships/memberships.repository.ts'
import { createPendingChangesModule } from '../features/pending-changes/pending-changes.module.ts'
import { createRequestsModule } from '../features/requests/requests.module.ts'
import { viewsRoutes } from '../features/requests/views/views.routes.ts'
import { endCredentialsOf } from '../features/sessions/credentials.repository.ts'
import { identityLinks } from '../features/sessions/oidc.repository.ts'
import { endLinksOf } from '../features/sessions/password-links.repository.ts'
import { createSessionsModule, type SignInConfiguration } from '../features/sessions/sessions.module.ts'
import { createSettingsModule } from '../features/settings/settings.module.ts'
import { createSetupModule } from '../features/setup/setup.module.ts'
import type { Database } from '../platform/db/client.ts'
import { codecRoutes } from '../platform/engine/codec.routes.ts'
import { createSendExport, type ExportLimits } from '../platform/http/export-stream.ts'
import { createIdempotency } from '../platform/http/idempotency.ts'
import type { RouteDefinition } from '../platform/http/route.ts'
import type { Mailer } from '../platform/mail/mailer.ts'
import { createPasswords, type Passwords } from '../platform/secrets/passwords.ts'
import type { SecretBox } from '../platform/secrets/secret-box.ts'
import { createReconciliation } from './reconciliation.ts'

export interface ModulesDeps {
  database: Database
  client: Client
  taskQueue: string
  codec: PayloadCodec
  secretBox: SecretBox
  /** Sends test mails, and knows what the mail server takes. */
  mailer: Mailer
  log: Logger
  publicUrl: string
  /** ISO-8601 */
  requestExpiry: string
  /** Base of the Temporal UI's workflow pages; null when there is none. */
  workflowsUrl?: string | null
  /** Whether connected systems and logos inside the company may be called. */
  allowPrivateTargets: boolean
  /** Whether signals count that nobody has sealed; not when left out. Only workers carry signals out. */
  signalsInClear?: boolean
  /** `record` when left out. */
  fourEyes?: FourEyes
  passwords?: Passwords
  /** With passwords alone when left out. */
  signIn?: SignInConfiguration
  /** Milliseconds a caller waits for the outcome of a decision, and of many in one call. */
  deadlineMs?: number
  bulkDeadlineMs?: number
  exportLimits?: ExportLimits
  /** Where checkpoints of the audit log are kept beside the database. */
  dataDir?: string | undefined
}

/** Roles that somebody has proposed, or that the identity provider names. */
// oxlint-disable-next-line max-params -- the operation comes first, as in every command
function setRoles(users: Users, operation: Operation, userId: string, roles: string[]) {
  return users.update(operation, userId, { roles: roles as 'admin'[] })
}

export function createModules(deps: ModulesDeps) {
  const { database, secretBox, log, fourEyes = 'record', allowPrivateTargets: allowPrivate } = deps
  const { db } = database
  const { passwords = createPasswords({ atOnce: 2 }), workflowsUrl = null, signalsInClear = false } = deps
  const sendExport = createSendExport(database.exports, deps.exportLimits)
  const audit = createAuditModule({ ...deps, db, sendExport })
  const { auditLog, accessLog } = audit
  const common = { ...deps, db, auditLog, allowPrivate, passwords, workflowsUrl, signalsInClear }

  const connectors = createConnectorsModule(common)
  const memberships = createMembershipsModule({
    ...common,
    connectorFor: connectors.connectorFor,
    administrators: readAdministrators,
  })
  const { pendingChanges, routes: pendingChangesRoutes } = createPendingChangesModule({
    ...common,
    fourEyes,
    noteAccountAct,
    isGivenByFlow,
    addMember: memberships.members.add,
    setRoles: (...change) => setRoles(directory.users, ...change),
  })
  const directory = createDirectoryModule({
    ...common,
    hashNewPassword: (...password) => sessions.hashNewPassword(...password),
    takesAddress: deps.mailer.takes,
    ...{ endCredentialsOf, endLinksOf, ...identityLinks(deps.signIn?.provider?.issuer) },
    members: memberships.members,
    secondAdministrator: pendingChanges,
    propose: pendingChanges.propose,
    sendExport,
    recordExport: accessLog.exported,
    memberAddedMails,
  })
  const sessions = createSessionsModule({
    ...common,
    createUser: directory.users.create,
    setRoles: (...change) => setRoles(directory.users, ...change),
    recordLimited: accessLog.signInLimited,
    noteAccountAct,
    scimSource: directory.sources.forToken,
  })
  const flows = createFlowsModule(common)
  const grants = createGrantsModule({ ...common, isInCatalog: flows.isInCatalog })
  const requests = createRequestsModule({
    ...common,
    endAccessOfSuspended: grants.commands.endAccessOfSuspended,
    settleAfter: memberships.settling.afterChange,
    fourEyes,
    applicationsOf: directory.applicationsOf,
    recordExport: accessLog.exported,
    sendExport,
  })
  const [logos, mails] = [createLogosModule(common), createMailsModule(common)]
  const { authenticate } = sessions
  const scim = scimRouter({ ...deps, ...directory.scim, db, authenticate, recordRefusal: accessLog.refused })
  const idempotency = createIdempotency({ db, secretBox })
  const reconciliation = createReconciliation({ ...deps, requests: requests.reconciler, grants: grants.reconciler })

  const routes: RouteDefinition[] = [
    ...sessions.routes,
    ...requests.routes,
    ...grants.routes,
    ...viewsRoutes(common),
    ...flows.routes,
    ...directory.routes,
    ...leavingRoutes(db),
    ...pendingChangesRoutes,
    ...connectors.routes,
    ...logos.routes,
    ...audit.routes,
    ...mails.routes,
    ...createSettingsModule(common).routes,
    ...createSetupModule(common).routes,
    ...codecRoutes({ codec: deps.codec, recordDecoding: accessLog.decoded }),
  ]
  return {
    audit,
    connectors,
    memberships,
    mails,
    directory,
    flows,
    grants,
    requests,
    reconciliation,
    idempotency,
    /** What the HTTP server is made of, beside its settings. */
    http: {
      log,
      routes,
      /** What is served outside the base, to other programs and to browsers on their way in. */
      protocols: [scim, ...sessions.routers],
      authenticate,
      idempotency,
      recordRefusal: accessLog.refused,
    },
    close: async (): Promise<void> => {
      deps.mailer.close()
      await Promise.all([connectors.close(), logos.close()])
    },
  }
}

export type Modules = ReturnType<typeof createModules>
