/** What a worker runs beside workflows: their activities, and the background jobs. */
import type { Client } from '@temporalio/client'
import { createActivities } from '../../activities/index.ts'
import { createBackgroundJobs } from '../platform/background/background-jobs.ts'
import { ensureReconcileSchedule, startReconcile } from '../platform/engine/reconcile-schedule.ts'
import { createModules, type ModulesDeps } from './modules.ts'
import { createRetention } from './retention.ts'

export interface WorkerPartsDeps extends ModulesDeps {
  client: Client
  /** Open requests told of a change per second: slow enough that people's own requests stay quick meanwhile. */
  fanOutPerSecond?: number
}

const hourMs = 60 * 60 * 1000

export function createWorkerParts({ fanOutPerSecond = 20, ...deps }: WorkerPartsDeps) {
  const { database, log } = deps
  const modules = createModules(deps)
  const { audit, requests, grants, memberships, reconciliation, idempotency } = modules
  const removeOld = createRetention({ ...modules, db: database.db, auditLog: audit.auditLog })

  const activities = createActivities({
    requests: { commit: requests.commit },
    grants: { commit: grants.commit },
    access: memberships.provisioning,
    fanOut: {
      page: requests.directoryChanges.page,
      signal: requests.changes.signal,
      done: requests.directoryChanges.done,
      perSecond: fanOutPerSecond,
    },
    reconcile: { run: reconciliation.run },
  })

  const backgroundJobs = createBackgroundJobs({
    raw: database.raw,
    log,
    dispatchChanges: requests.changes.dispatchChanges,
    startMissing: requests.startMissing,
    jobs: [
      { everyMs: 5_000, run: reconciliation.lookForEnded },
      { everyMs: hourMs, run: audit.keepCheckpoint },
      {
        everyMs: hourMs,
        run: async () => {
          await idempotency.forgetOld()
          await requests.directoryChanges.forgetOld()
        },
      },
      {
        // Once, when this worker begins: either store may have been set back while it was away.
        everyMs: Number.POSITIVE_INFINITY,
        run: async () => {
          await ensureReconcileSchedule(deps)
          await startReconcile(deps)
        },
      },
      {
        everyMs: hourMs,
        // What cannot be removed now is removed later: nothing else waits for it.
        run: () => removeOld().catch((error: unknown) => log.warn({ err: error }, 'old records could not be removed')),
      },
    ],
  })

  return { ...modules, activities, backgroundJobs }
}
