/** Builds what a worker needs; the tests build the same on their own servers. */
import type { Client } from '@temporalio/client'
import { eq } from 'drizzle-orm'
import type { Logger } from 'pino'
import type { ActivityDeps } from '../../activities/index.ts'
import { createActivities } from '../../activities/index.ts'
import { createAccess } from '../access/access.ts'
import { createAuditLog } from '../audit/audit.repository.ts'
import { createConnectorRegistry } from '../connectors/connector.registry.ts'
import type { SecretBox } from '../crypto/secret-box.ts'
import type { Database } from '../db/client.ts'
import { readDirectoryFacts } from '../directory/directory-facts.repository.ts'
import { createGrantCommands } from '../grants/grants.commands.ts'
import { createGrantsRepository } from '../grants/grants.repository.ts'
import { createIdempotency } from '../idempotency/idempotency.ts'
import { createChores } from '../outbox/chores.ts'
import { createOutboxCommands } from '../outbox/outbox.commands.ts'
import { createOutboxRepository } from '../outbox/outbox.repository.ts'
import { createReconciler } from '../requests/requests.reconciler.ts'
import { createRequestsRepository } from '../requests/requests.repository.ts'
import { createStarter } from '../requests/requests.starter.ts'
import { users } from '../users/users.table.ts'

export interface WorkerPartsDeps {
  database: Database
  client: Client
  taskQueue: string
  secretBox: SecretBox
  allowPrivateTargets: boolean
  log: Pick<Logger, 'info' | 'warn' | 'error'>
  /** Open requests told of a change per second: slow enough that people's own requests stay quick meanwhile. */
  fanOutPerSecond?: number
}

export function createWorkerParts({
  database,
  client,
  taskQueue,
  secretBox,
  allowPrivateTargets,
  log,
  fanOutPerSecond = 20,
}: WorkerPartsDeps) {
  const { db, raw } = database
  const audit = createAuditLog({ secretBox })
  const requests = createRequestsRepository({ db, audit })
  const grants = createGrantsRepository({ db, audit })
  const connectors = createConnectorRegistry({ db, secretBox, allowPrivate: allowPrivateTargets })
  const access = createAccess({ connectorFor: connectors.connectorFor, grants })
  const outbox = createOutboxRepository({ db })
  const outboxCommands = createOutboxCommands({ client, taskQueue, outbox, requests })
  const starter = createStarter({ client, taskQueue, requests, log })
  const idempotency = createIdempotency({ db, secretBox })
  const grantCommands = createGrantCommands({ client, taskQueue, grants })
  const reconciler = createReconciler({ client, requests, log })

  const deps: ActivityDeps = {
    directory: {
      lookUpActor: async (userId) => {
        const [user] = await db.select().from(users).where(eq(users.id, userId))
        if (!user) return null
        const { id, name, email, state, roles } = user
        return { id, name, email, activated: state === 'activated', isAdministrator: roles.includes('admin') }
      },
      lookUpFacts: (query) => readDirectoryFacts(db, query),
    },
    requests,
    access,
    grants,
    fanOut: { page: outbox.page, signal: outboxCommands.signal, done: outbox.done, perSecond: fanOutPerSecond },
  }

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
    hourly: async () => {
      await idempotency.forgetOld()
      await outbox.forgetOld()
      await reconciler.reconcile()
      await grantCommands.keepWaiting()
    },
  })

  return { activities: createActivities(deps), chores, requests, close: () => connectors.close() }
}
