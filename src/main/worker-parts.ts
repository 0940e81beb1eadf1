/** What a worker runs beside workflows: their activities, and the background jobs. */
import type { Client } from '@temporalio/client'
import { createActivities } from '../../activities/index.ts'
import { createBackgroundJobs } from '../platform/background/background-jobs.ts'
import { createModules, type ModulesDeps } from './modules.ts'
import { createRetention } from './retention.ts'
import { ensureScheduledWork } from './scheduled-work.ts'

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
      page: requests.changes.page,
      signal: requests.changes.signal,
      done: requests.changes.done,
      perSecond: fanOutPerSecond,
    },
    reconcile: { run: reconciliation.run },
    sources: { sync: modules.directory.ldapSync.run, fail: modules.directory.ldapSync.fail },
    retention: {
      removeOld: async () => {
        await idempotency.forgetOld()
        await requests.changes.forgetOld()
        await removeOld()
      },
    },
  })

  const backgroundJobs = createBackgroundJobs({
    raw: database.raw,
    log,
    dispatchChanges: requests.changes.dispatch,
    startMissing: requests.startMissing,
    jobs: [
      { everyMs: 5_000, run: reconciliation.lookForEnded },
      // Each worker keeps checkpoints beside itself, on its own machine.
      { everyMs: hourMs, run: audit.keepCheckpoint },
      { everyMs: 30_000, run: requests.sumUp },
      { everyMs: 60_000, run: modules.directory.ldap.align },
      { everyMs: 5_000, run: memberships.settling.again },
      { everyMs: 60_000, run: memberships.settling.all },
      // Once, when this worker begins.
      { everyMs: Number.POSITIVE_INFINITY, run: () => ensureScheduledWork(deps) },
    ],
  })

  return { ...modules, activities, backgroundJobs }
}
