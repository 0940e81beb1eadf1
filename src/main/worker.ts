/** One worker process: carries out the workflows, sends the mail, hands changes on. Any number of them may run. */

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { NativeConnection, Runtime, Worker } from '@temporalio/worker'
import { users } from '../features/directory/users/users.table.ts'
import { encryptionKeysOf, readSettings } from '../platform/config/env.ts'
import { StartFailure } from '../platform/config/start-failure.ts'
import { openDatabase } from '../platform/db/client.ts'
import { connectionOptions, createTemporalClient, workerDataConverterFor } from '../platform/engine/client.ts'
import { createLog } from '../platform/log/log.ts'
import { createMailDispatcher } from '../platform/mail/mail.dispatcher.ts'
import { announceReady, onShutdown, runMain } from './lifecycle.ts'
import { moduleDepsOf } from './module-deps.ts'
import { createWorkerParts } from './worker-parts.ts'

/** What a connected system answers is told to administrators by status and mail; operators need no warning for it. */
function isAnswerOfTarget(meta: Record<string, unknown> | undefined): meta is Record<string, unknown> {
  const { type } = (meta?.['error'] ?? {}) as { type?: unknown }
  return type === 'connector_refused' || type === 'connector_unavailable'
}

const bundle = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url))

await runMain(async () => {
  const settings = readSettings()
  if (!settings.databaseUrl)
    throw new StartFailure(
      'DATABASE_URL is not set: the worker needs the address of a Postgres, as `npm start` has its own.',
    )
  if (!existsSync(bundle)) throw new StartFailure('The workflow bundle is missing: run npm run build first.')
  const log = createLog({ level: settings.logLevel, part: 'worker' })
  Runtime.install({
    logger: {
      log: () => undefined,
      trace: () => undefined,
      debug: () => undefined,
      info: (message, meta) => log.debug(meta ?? {}, message),
      warn: (message, meta) => (isAnswerOfTarget(meta) ? log.info(meta, message) : log.warn(meta ?? {}, message)),
      error: (message, meta) => log.error(meta ?? {}, message),
    },
    shutdownSignals: [],
  })
  const keys = encryptionKeysOf(settings)
  const database = openDatabase(settings.databaseUrl, { name: 'gatehouse-worker', max: 10 })
  const client = await createTemporalClient(settings, keys)
  const deps = moduleDepsOf(settings, { database, client, keys, log })
  const { taskQueue } = deps
  const parts = createWorkerParts(deps)
  const connection = await NativeConnection.connect(await connectionOptions(settings))
  const worker = await Worker.create({
    connection,
    namespace: settings.temporalNamespace,
    taskQueue,
    workflowBundle: { codePath: bundle },
    activities: parts.activities,
    dataConverter: workerDataConverterFor(keys),
    maxCachedWorkflows: 500,
    shutdownGraceTime: '10s',
  })
  const mail = createMailDispatcher({
    ...database,
    recipients: users,
    mailer: deps.mailer,
    findNeedless: parts.requests.findNeedlessMails,
    refuse: parts.mails.refuse,
    log,
  })

  const running = worker.run()
  parts.backgroundJobs.start()
  mail.start()
  announceReady()
  log.info({ taskQueue }, 'worker runs')

  onShutdown(async () => {
    if (worker.getState() === 'RUNNING') worker.shutdown()
    await Promise.all([running, parts.backgroundJobs.stop(), mail.stop()])
    await parts.audit.keepCheckpoint().catch((error: unknown) => log.warn({ err: error }, 'no checkpoint at the end'))
    await parts.close()
    await Promise.all([connection.close(), client.connection.close(), database.close()])
  })
  await running
})
