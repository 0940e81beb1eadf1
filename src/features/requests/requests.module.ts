/** Access requests: the queue, decisions, live view, and the workflows that carry a request through its life. */
import type { Client } from '@temporalio/client'
import type { Logger } from 'pino'
import type { FourEyes } from '../../domain/request/four-eyes.ts'
import type { Database } from '../../platform/db/client.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import type { GrantsModule } from '../grants/grants.module.ts'
import { createDirectoryChangeCommands } from './directory-changes.commands.ts'
import { createDirectoryChangesRepository } from './directory-changes.repository.ts'
import { type RequesterAccessDeps, requesterAccessRoutes } from './requester-access.routes.ts'
import { createRequestCommands } from './requests.commands.ts'
import { createCommitRequest } from './requests.commit.repository.ts'
import { createRequestsEngine } from './requests.engine.ts'
import type { RecordExport } from './requests.export.route.ts'
import { createOverview } from './requests.overview.repository.ts'
import { overviewRoutes } from './requests.overview.routes.ts'
import { createRequestQueries } from './requests.queries.repository.ts'
import { createRequestReconciler } from './requests.reconciler.ts'
import { createRequestsRepository } from './requests.repository.ts'
import { requestRoutes } from './requests.routes.ts'
import { createRequestStream } from './requests.stream.ts'
import { createSubmissions } from './submissions.repository.ts'

export interface RequestsModuleDeps {
  database: Database
  client: Client
  taskQueue: string
  auditLog: AuditLog
  log: Logger
  grants: Pick<GrantsModule, 'repository' | 'engine'>
  applicationsOf: RequesterAccessDeps['applicationsOf']
  recordExport: RecordExport
  /** Whether signals count that nobody has sealed: only workers carry signals out. */
  signalsInClear: boolean
  fourEyes: FourEyes
  /** ISO-8601 */
  requestExpiry: string
  /** Base of the Temporal UI's workflow pages, when there is one. */
  workflowsUrl: string | null
  /** Milliseconds a caller waits for an outcome. */
  deadlineMs?: number
  /** Milliseconds a caller waits for the outcomes of many decisions. */
  bulkDeadlineMs?: number
}

/** How long a request may wait for the call that submitted it to start its workflow, in milliseconds. */
const startedByItselfMs = 3000
const startDeadlineMs = 5000

export function createRequestsModule(deps: RequestsModuleDeps) {
  const { database, auditLog: audit, log, grants, applicationsOf } = deps
  const { db, raw } = database
  const engine = createRequestsEngine(deps)
  const repository = createRequestsRepository({ db, audit })
  const commit = createCommitRequest({ ...deps, db, audit, requests: repository })
  const reconciler = createRequestReconciler({ engine, requests: repository, commit, log })
  const submissions = createSubmissions({ db, requests: repository })
  const commands = createRequestCommands({ ...deps, engine, requests: repository, submissions, reconciler })
  const queries = createRequestQueries({ db })
  const stream = createRequestStream({ raw, queries, log })
  const directoryChanges = createDirectoryChangesRepository({ db })
  const changes = createDirectoryChangeCommands({
    engine,
    directoryChanges,
    requests: repository,
    grants: grants.repository,
    grantsEngine: grants.engine,
  })
  const routes: RouteDefinition[] = [
    ...requestRoutes({ ...deps, commands, queries }),
    ...requesterAccessRoutes({ queries, applicationsOf }),
    ...overviewRoutes({ overview: createOverview({ db }) }),
    ...stream.routes(),
  ]

  return {
    engine,
    repository,
    commit,
    reconciler,
    submissions,
    commands,
    queries,
    stream,
    directoryChanges,
    changes,
    routes,

    /** Starts workflows of requests that were kept while Temporal was away. @throws Error when it is away still */
    async startMissing(): Promise<number> {
      const waiting = await repository.notStarted(startedByItselfMs)
      for (const request of waiting) {
        if (!(await reconciler.ensureStarted(request, startDeadlineMs))) throw new Error('Temporal does not answer')
      }
      return waiting.length
    },
  }
}
