/** Builds what a worker needs; the tests build the same on their own servers. */
import type { Client } from '@temporalio/client'
import type { Logger } from 'pino'
import { createActivities } from '../../activities/index.ts'
import type { FourEyes } from '../domain/request/four-eyes.ts'
import { createCheckpoints } from '../features/audit/audit.checkpoints.repository.ts'
import { createCheckpointKeeper } from '../features/audit/audit.keeper.ts'
import { createConnectorRegistry } from '../features/connectors/connector.registry.ts'
import { createProvisioning } from '../features/memberships/provisioning.ts'
import { createOutboxCommands } from '../features/requests/outbox.commands.ts'
import { createOutboxRepository } from '../features/requests/outbox.repository.ts'
import { createChores } from '../platform/background/background-jobs.ts'
import type { Database } from '../platform/db/client.ts'
import { ensureReconcileSchedule, startReconcile } from '../platform/engine/reconcile-schedule.ts'
import { createIdempotency } from '../platform/http/idempotency.ts'
import type { SecretBox } from '../platform/secrets/secret-box.ts'
import { createEngineParts } from './engine-parts.ts'
import { createRetention } from './retention.ts'

export interface WorkerPartsDeps {
  database: Database
  client: Client
  taskQueue: string
  secretBox: SecretBox
  allowPrivateTargets: boolean
  /** Whether signals count that nobody has sealed. */
  signalsInClear: boolean
  /** `record` when left out. */
  fourEyes?: FourEyes
  log: Pick<Logger, 'info' | 'warn' | 'error'>
  /** Where checkpoints of the audit log are kept beside the database. */
  dataDir?: string
  /** Open requests told of a change per second: slow enough that people's own requests stay quick meanwhile. */
  fanOutPerSecond?: number
}

export function createWorkerParts({
  database,
  client,
  taskQueue,
  secretBox,
  allowPrivateTargets,
  signalsInClear,
  fourEyes,
  log,
  dataDir,
  fanOutPerSecond = 20,
}: WorkerPartsDeps) {
  const { db, raw } = database
  const engine = createEngineParts({ db, client, taskQueue, secretBox, log, signalsInClear, fourEyes })
  const { requests, starter, grants, reconciliation } = engine
  const connectors = createConnectorRegistry({ db, secretBox, allowPrivate: allowPrivateTargets })
  const outbox = createOutboxRepository({ db })
  const outboxCommands = createOutboxCommands({
    client,
    taskQueue,
    outbox,
    requests,
    grants,
    grantStarter: engine.grantStarter,
  })
  const idempotency = createIdempotency({ db, secretBox })
  const removeOld = createRetention({ db, client, auditLog: engine.audit })
  const checkpoints = createCheckpoints({ db, auditLog: engine.audit, secretBox })
  const checkpointKeeper = createCheckpointKeeper({ checkpoints, dataDir, log })

  const activities = createActivities({
    requests: { commit: engine.commitRequest },
    grants: { commit: engine.commitGrant },
    access: createProvisioning({ db, connectorFor: connectors.connectorFor }),
    fanOut: { page: outbox.page, signal: outboxCommands.signal, done: outbox.done, perSecond: fanOutPerSecond },
    reconcile: { run: reconciliation.run },
  })

  const chores = createChores({
    raw,
    log,
    handOn: outboxCommands.handOn,
    startWaiting: async () => {
      const waiting = await requests.notStarted(3000)
      for (const request of waiting) {
        if (!(await starter.start(request, 5000))) throw new Error('Temporal does not answer')
      }
      return waiting.length
    },
    jobs: [
      { everyMs: 5_000, run: reconciliation.lookForEnded },
      { everyMs: 60 * 60 * 1000, run: checkpointKeeper.keep },
      {
        everyMs: 60 * 60 * 1000,
        run: async () => {
          await idempotency.forgetOld()
          await outbox.forgetOld()
        },
      },
      {
        // Once, when this worker begins: either store may have been set back while it was away.
        everyMs: Number.POSITIVE_INFINITY,
        run: async () => {
          await ensureReconcileSchedule({ client, taskQueue })
          await startReconcile({ client, taskQueue })
        },
      },
      {
        everyMs: 60 * 60 * 1000,
        // What cannot be removed now is removed later: nothing else waits for it.
        run: () => removeOld().catch((error: unknown) => log.warn({ err: error }, 'old records could not be removed')),
      },
    ],
  })

  return { ...engine, activities, chores, keepCheckpoint: checkpointKeeper.keep, close: () => connectors.close() }
}
