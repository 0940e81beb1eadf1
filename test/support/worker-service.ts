/** The worker as it really is, for tests: real Temporal, real Postgres, the real activities and chores. */
import { randomBytes, randomUUID } from 'node:crypto'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { Worker } from '@temporalio/worker'
import { eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { inject } from 'vitest'
import type { FourEyes } from '../../src/domain/request/four-eyes.ts'
import { accessGrantWorkflowId, accessRequestWorkflowId } from '../../src/domain/shared/workflow-ids.ts'
import { auditEvents } from '../../src/features/audit/audit.table.ts'
import { insertConnector } from '../../src/features/connectors/connectors.repository.ts'
import { userGroups } from '../../src/features/directory/groups/groups.table.ts'
import { users } from '../../src/features/directory/users/users.table.ts'
import { approvalFlows } from '../../src/features/flows/flows.table.ts'
import { grants } from '../../src/features/grants/grants.table.ts'
import { findRequest } from '../../src/features/requests/requests.repository.ts'
import type { SignInConfiguration } from '../../src/features/sessions/sessions.module.ts'
import { createWorkerParts } from '../../src/main/worker-parts.ts'
import { openDatabase } from '../../src/platform/db/client.ts'
import { clientOptionsFor, workerDataConverterFor } from '../../src/platform/engine/client.ts'
import { registerSearchAttributes } from '../../src/platform/engine/search-attributes.ts'
import { mails } from '../../src/platform/mail/mail.table.ts'
import type { Passwords } from '../../src/platform/secrets/passwords.ts'
import { createSecretBox } from '../../src/platform/secrets/secret-box.ts'
import { testKeys } from '../replay/test-key.ts'
import { createTestDatabase } from './database.ts'
import { testModuleDeps } from './module-deps.ts'
import { quietRuntime } from './test-server.ts'

type Offered = 'approvers' | 'durations' | 'approvalType' | 'approvalRequirement'

export interface ServiceOptions {
  /** Of a Temporal server that runs already and is stopped by whoever started it; without it, one of its own. */
  address?: string
  /** False: the worker is a process of its own, which the test starts. */
  hasWorker?: boolean
  /** Whether messages count that nobody has sealed. */
  signalsInClear?: boolean
  fourEyes?: FourEyes
  /** What links of mails and of the portals begin with. */
  publicUrl?: string
  workflowsUrl?: string
  /** How they sign in; as usual when left out. */
  ofPeople?: { passwords?: Passwords; signIn?: SignInConfiguration }
  /** Of the mail server; of none when left out. */
  smtpUrl?: string
  /** Of the Temporal server that is started for it. */
  serverArgs?: string[]
}

function temporalAt({ address, serverArgs = [] }: ServiceOptions): Promise<TestWorkflowEnvironment> {
  const client = clientOptionsFor(testKeys)
  if (address) return TestWorkflowEnvironment.createFromExistingServer({ address, client })
  const executable = { type: 'existing-path' as const, path: inject('temporalCliPath') }
  return TestWorkflowEnvironment.createLocal({ client, server: { executable, extraArgs: serverArgs } })
}

async function startWorker(env: TestWorkflowEnvironment, activities: object, taskQueue: string) {
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue,
    workflowBundle: { codePath: inject('workflowBundlePath') },
    activities,
    dataConverter: workerDataConverterFor(testKeys),
    shutdownForceTime: '5s',
  })
  const running = worker.run()
  return async () => {
    worker.shutdown()
    await running
  }
}

export async function openService({
  hasWorker = true,
  signalsInClear = false,
  fourEyes = 'record',
  publicUrl = 'http://localhost',
  workflowsUrl,
  ofPeople = {},
  smtpUrl,
  ...server
}: ServiceOptions = {}) {
  quietRuntime()
  const [env, testDatabase] = await Promise.all([temporalAt(server), createTestDatabase()])
  await registerSearchAttributes(env.client)
  const database = openDatabase(testDatabase.serviceUrl)
  const superuser = openDatabase(testDatabase.url)
  const { db } = database
  const { client } = env
  const taskQueue = 'access-requests'
  const encryptionKey = randomBytes(32)
  const secretBox = createSecretBox([{ id: 'test', key: encryptionKey }])
  const deps = { ...testModuleDeps({ database, client, secretBox, smtpUrl, publicUrl }) }
  const parts = createWorkerParts({
    ...deps,
    ...(workflowsUrl ? { workflowsUrl } : {}),
    ...ofPeople,
    signalsInClear,
    fourEyes,
    fanOutPerSecond: 200,
  })
  let stopWorker = hasWorker ? await startWorker(env, parts.activities, taskQueue) : async () => undefined
  if (hasWorker) parts.backgroundJobs.start()
  const { reconciliation, flows } = parts
  const { auditLog: audit } = parts.audit
  const { commands } = parts.requests
  const { commands: grantCommands } = parts.grants

  async function addUser(fields: Partial<typeof users.$inferInsert> = {}) {
    const [user] = await db
      .insert(users)
      .values({ id: uuidv7(), name: 'Somebody', email: `${randomUUID()}@example.test`, ...fields })
      .returning()
    if (!user) throw new Error('nobody was hired')
    return user
  }

  async function offer(fields: Partial<Pick<typeof approvalFlows.$inferInsert, Offered>> = {}) {
    const groupId = uuidv7()
    await db.insert(userGroups).values({ id: groupId, name: `Group ${groupId}` })
    const [flow] = await db
      .insert(approvalFlows)
      .values({
        id: uuidv7(),
        name: 'Database',
        groupId,
        approvalType: 'manual',
        approvalRequirement: 'any',
        approvers: [{ kind: 'manager' }],
        ...fields,
      })
      .returning()
    if (!flow) throw new Error('nothing was offered')
    return flow
  }

  // oxlint-disable-next-line max-params -- who asks, for what, for how long, and how long the question stands
  async function ask(
    requesterId: string,
    approvalFlowId: string,
    requestedDuration: string | null = null,
    expiry = 'P30D',
  ) {
    const id = uuidv7()
    await commands.submit({
      id,
      requesterId,
      approvalFlowId,
      reason: 'I am on call.',
      requestedDuration,
      expiry,
      now: new Date().toISOString(),
    })
    return id
  }

  const rowOf = async (id: string) => (await findRequest(db, id)) ?? Promise.reject(new Error('no row'))
  const statusOf = async (id: string) => (await rowOf(id)).status
  const grantOf = async (requestId: string) =>
    (await db.select().from(grants).where(eq(grants.accessRequestId, requestId)))[0]
  const mailsOf = async (id: string) =>
    (await db.select().from(mails).where(eq(mails.accessRequestId, id))).map(({ kind }) => kind).sort()
  const auditOf = async (id: string) => db.select().from(auditEvents).where(eq(auditEvents.accessRequestId, id))

  return {
    env,
    client,
    database,
    db,
    log: deps.log,
    mailer: deps.mailer,
    /** For what nobody may do who has only the service's role. */
    superuser: superuser.db,
    databaseUrl: testDatabase.url,
    taskQueue,
    encryptionKey,
    audit,
    secretBox,
    modules: parts,
    addConnector: (url: string) =>
      insertConnector(db, { secretBox, allowPrivate: true }, { name: `To ${randomUUID()}`, kind: 'webhook', url }),
    commands,
    grantCommands,
    reconciliation,
    flows: flows.flows,
    addUser,
    offer,
    ask,
    rowOf,
    statusOf,
    grantOf,
    mailsOf,
    auditOf,
    requestHandle: (id: string) => client.workflow.getHandle(accessRequestWorkflowId(id)),
    grantHandle: (id: string) => client.workflow.getHandle(accessGrantWorkflowId(id)),

    /** Another worker in its place, with nothing in its cache; `between` runs while there is none. */
    /** As when its process is stopped and started: its background work pauses as well, which would compare meanwhile. */
    async restartWorker(between: () => Promise<void>) {
      await parts.backgroundJobs.stop()
      await stopWorker()
      await between()
      stopWorker = await startWorker(env, parts.activities, taskQueue)
      parts.backgroundJobs.start()
    },

    async close() {
      await Promise.all([stopWorker(), parts.backgroundJobs.stop()])
      await parts.close()
      await Promise.all([database.close(), superuser.close()])
      await env.teardown()
      await testDatabase.drop()
    },
  }
}

export type TestService = Awaited<ReturnType<typeof openService>>
