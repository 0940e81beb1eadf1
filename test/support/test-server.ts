/** Runs the real workflows on a real Temporal server, with everything around them in memory. */
import { randomUUID } from 'node:crypto'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { createActivities } from '../../activities/index.ts'
import type { AccessRequest } from '../../src/domain/request/record.ts'
import { accessRequestWorkflowId } from '../../src/domain/shared/workflow-ids.ts'
import { createRequestCommands } from '../../src/features/requests/requests.commands.ts'
import { createRequestsEngine } from '../../src/features/requests/requests.engine.ts'
import { clientOptionsFor, workerDataConverterFor } from '../../src/platform/engine/client.ts'
import * as messages from '../../workflows/access-request.messages.ts'
import { testKeys } from '../replay/test-key.ts'
import { type Asked, submitted } from './a-request.ts'
import { createFakes } from './fakes.ts'

export type TestServer = Awaited<ReturnType<typeof startTestServer>>
export type TestWorker = Awaited<ReturnType<TestServer['startTestWorker']>>

/** Only errors: failing on demand is what these tests do. */
export function quietRuntime(): void {
  Runtime.install({
    logger: new DefaultLogger(process.env.TEST_LOG ? 'DEBUG' : 'ERROR'),
    telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
  })
}

export interface TestServerOptions {
  server: 'time-skipping' | 'real'
  binary: string
  workflowBundlePath: string
}

export async function startTestServer({ server, binary, workflowBundlePath }: TestServerOptions) {
  const executable = { type: 'existing-path' as const, path: binary }
  const client = clientOptionsFor(testKeys)
  const env = await (server === 'real'
    ? TestWorkflowEnvironment.createLocal({ client, server: { executable } })
    : TestWorkflowEnvironment.createTimeSkipping({ client, server: { executable } }))
  // Asked for directly: the time-skipping server cannot list which ones it knows.
  const keyword = 2
  const searchAttributes = { RequestStatus: keyword, RequesterId: keyword, ApprovalFlowId: keyword }
  await env.client.connection.operatorService
    .addSearchAttributes({ namespace: 'default', searchAttributes })
    .catch(async (error: unknown) => {
      await env.teardown()
      throw error
    })
  const started = new Set<string>()

  return {
    env,

    /** A worker on a task queue of its own, with fakes of its own. */
    async startTestWorker({ maxCachedWorkflows = 100 }: { maxCachedWorkflows?: number } = {}) {
      const fakes = createFakes()
      const taskQueue = `test-${randomUUID()}`
      const startWorker = async () => {
        const worker = await Worker.create({
          connection: env.nativeConnection,
          taskQueue,
          workflowBundle: { codePath: workflowBundlePath },
          activities: createActivities(fakes.deps),
          dataConverter: workerDataConverterFor(testKeys),
          maxCachedWorkflows,
          shutdownForceTime: '2s',
        })
        return { worker, running: worker.run().catch(() => undefined) }
      }
      let current: Awaited<ReturnType<typeof startWorker>> | undefined = await startWorker()
      const engine = createRequestsEngine({ client: env.client, taskQueue, log: console })
      const start = async (request: AccessRequest) => (await engine.start(request, 20_000)) !== 'away'
      // The product's own way to decide: it asks again when a workflow task was thrown away.
      const commands = createRequestCommands({
        engine,
        findRequest: async (id) => fakes.row(id),
        submit: () => Promise.reject(new Error('these tests start workflows themselves')),
        reconciler: { repair: async () => null, ensureStarted: start },
      })

      return {
        ...fakes,
        env,
        client: env.client,
        commands,
        taskQueue,
        now: async () => new Date(await env.currentTimeMs()).toISOString(),

        /** A running request of `requesterId`. */
        async submit(requesterId: string, asked: Asked = {}) {
          const now = asked.now ?? new Date(await env.currentTimeMs()).toISOString()
          const id = randomUUID()
          const { request } = submitted(fakes.company, requesterId, { id, ...asked, now })
          fakes.keep(request)
          if (asked.connectorId !== undefined) fakes.giveAt(id, asked.connectorId)
          const workflowId = accessRequestWorkflowId(request.id)
          started.add(workflowId)
          if (!(await start(request))) throw new Error('Temporal did not answer')
          const handle = env.client.workflow.getHandle(workflowId)
          return {
            id: request.id,
            first: request,
            handle,
            decide: (message: unknown, updateId?: string) =>
              handle.executeUpdate(messages.decideUpdate, {
                args: [message as never],
                ...(updateId ? { updateId } : {}),
              }),
            override: (message: unknown, updateId?: string) =>
              handle.executeUpdate(messages.overrideUpdate, {
                args: [message as never],
                ...(updateId ? { updateId } : {}),
              }),
            withdraw: (message: unknown) => handle.executeUpdate(messages.withdrawUpdate, { args: [message as never] }),
            signal: (name: string, ...args: unknown[]) => handle.signal(name, ...args),
            state: () => handle.query(messages.stateQuery),
            /** Ends every test: time skips only while somebody waits here. */
            end: (): Promise<string> => handle.result(),
          }
        },
        /** A workflow started otherwise, to be ended with the others. */
        watch: (workflowId: string) => void started.add(workflowId),

        /** Ends the worker; what runs on it is given up after two seconds. */
        async close(): Promise<void> {
          const closing = current
          current = undefined
          closing?.worker.shutdown()
          await closing?.running
        },
        /** Another worker in its place. */
        async reopen(): Promise<void> {
          current = await startWorker()
        },
      }
    },

    /** A workflow that a failed test left open would hold back the time of the next one. */
    async endLeftovers(): Promise<void> {
      const ids = [...started]
      started.clear()
      await Promise.allSettled(ids.map((id) => env.client.workflow.getHandle(id).terminate('the test is over')))
    },
    close: () => env.teardown(),
  }
}

/** The code and the details with which an update was refused; fails when it was not. */
export async function refusal(
  update: Promise<unknown>,
): Promise<{ code: string | undefined; message: string; details: unknown }> {
  try {
    await update
  } catch (error) {
    const { cause } = error as { cause?: { type?: string; message?: string; details?: unknown[] } }
    return { code: cause?.type, message: cause?.message ?? String(error), details: cause?.details?.[0] }
  }
  throw new Error('the update was not refused')
}

/** Waits until `isTrue`, for at most `withinMs`. */
export async function until(isTrue: () => boolean | Promise<boolean>, withinMs = 15_000): Promise<void> {
  const end = Date.now() + withinMs
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`still not so after ${withinMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
