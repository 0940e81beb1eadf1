/** A server of workflows for a test file. */
import { afterAll, afterEach, beforeAll, inject } from 'vitest'
import {
  quietRuntime,
  startTestServer,
  type TestServer,
  type TestServerOptions,
  type TestWorker,
} from './test-server.ts'

/**
 * A server for the tests of this file, and a new worker for each of them.
 * `eachItsOwn` starts a server per test: a child workflow leaves the time of the time-skipping server standing still.
 */
export function useTestServer(server: TestServerOptions['server'] = 'time-skipping', { eachItsOwn = false } = {}) {
  let world: TestServer | undefined
  const workers: TestWorker[] = []

  async function open(): Promise<TestServer> {
    const binary = inject(server === 'real' ? 'temporalCliPath' : 'testServerPath')
    world ??= await startTestServer({ server, binary, workflowBundlePath: inject('workflowBundlePath') })
    return world
  }
  async function close(): Promise<void> {
    await world?.close()
    world = undefined
  }

  beforeAll(quietRuntime)
  afterEach(async () => {
    await world?.endLeftovers()
    await Promise.all(workers.splice(0).map((worker) => worker.close()))
    if (eachItsOwn) await close()
  })
  afterAll(close)

  return {
    async startTestWorker(options?: Parameters<TestServer['startTestWorker']>[0]): Promise<TestWorker> {
      const worker = await (await open()).startTestWorker(options)
      workers.push(worker)
      return worker
    },
  }
}
