/** Access requests: the queue, decisions, live view, and the workflows that carry a request through its life. */
import type { Client } from '@temporalio/client'
import type { Logger } from 'pino'
import type { DirectoryChange } from '../../../activities/index.ts'
import type { FourEyes } from '../../domain/request/four-eyes.ts'
import type { Database } from '../../platform/db/client.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import type { MailRow } from '../../platform/mail/mail.repository.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import type { GrantsModule } from '../grants/grants.module.ts'
import { sumUpDecisionTimes } from './decision-times.repository.ts'
import { createDirectoryChangeCommands, type DirectoryChangesDeps } from './directory-changes.commands.ts'
import { listConcerned, markChangeDone, removeOldChanges } from './directory-changes.repository.ts'
import { findNeedlessMails } from './needless-mails.repository.ts'
import { countQueue } from './queue.repository.ts'
import { countAll, sumUpCounts } from './queue-counts.repository.ts'
import { type RequesterAccessDeps, requesterAccessRoutes } from './requester-access.routes.ts'
import { createRequestCommands } from './requests.commands.ts'
import { type CommitRequest, commitRequest } from './requests.commit.repository.ts'
import { createRequestsEngine } from './requests.engine.ts'
import type { ExportDeps } from './requests.export.route.ts'
import { overviewRoutes } from './requests.overview.routes.ts'
import { createRequestReconciler } from './requests.reconciler.ts'
import { findRequest, listNotStarted } from './requests.repository.ts'
import { requestRoutes } from './requests.routes.ts'
import { createRequestStream } from './requests.stream.ts'
import { submitRequest } from './submissions.repository.ts'

export interface RequestsModuleDeps {
  database: Database
  client: Client
  taskQueue: string
  auditLog: AuditLog
  log: Logger
  endAccessOfSuspended: GrantsModule['commands']['endAccessOfSuspended']
  settleAfter: DirectoryChangesDeps['settleAfter']
  applicationsOf: RequesterAccessDeps['applicationsOf']
  recordExport: ExportDeps['recordExport']
  sendExport: ExportDeps['sendExport']
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
  const { database, auditLog, log } = deps
  const { db, raw } = database
  const engine = createRequestsEngine(deps)
  const commit: CommitRequest = (proposal) => commitRequest(db, deps, proposal)
  const reconciler = createRequestReconciler({ engine, db, auditLog, commit, log })
  const commands = createRequestCommands({
    ...deps,
    engine,
    findRequest: (id) => findRequest(db, id),
    submit: (input) => submitRequest(db, auditLog, input),
    reconciler,
  })
  const stream = createRequestStream({
    raw,
    countAll: () => countAll(db),
    count: (filter, all) => countQueue(db, filter, all),
    log,
  })
  const { dispatchChanges, signal } = createDirectoryChangeCommands({ ...deps, engine, db })
  const routes: RouteDefinition[] = [
    ...requestRoutes({ ...deps, db, commands }),
    ...requesterAccessRoutes({ ...deps, db }),
    ...overviewRoutes({ db }),
    ...stream.routes(),
  ]

  return {
    engine,
    commit,
    reconciler,
    commands,
    stream,
    /** How open requests hear of changes of the directory and the flows. */
    changes: {
      dispatch: dispatchChanges,
      page: (change: DirectoryChange, after: string | null) => listConcerned(db, change, { after }),
      signal,
      done: (eventId: string) => markChangeDone(db, eventId),
      forgetOld: () => removeOldChanges(db),
    },
    routes,
    /** For dispatchers: which mails tell of something that waits no longer. */
    findNeedlessMails: (mails: MailRow[]) => findNeedlessMails(db, mails),
    /** Adds what has changed to the sums that counters and overview are read from. */
    async sumUp(): Promise<void> {
      await sumUpCounts(db)
      await sumUpDecisionTimes(db)
    },

    /** Starts workflows of requests that were kept while Temporal was away. @throws Error when it is away still */
    async startMissing(): Promise<number> {
      const waiting = await listNotStarted(db, startedByItselfMs)
      for (const request of waiting) {
        if (!(await reconciler.ensureStarted(request, startDeadlineMs))) throw new Error('Temporal does not answer')
      }
      return waiting.length
    },
  }
}
