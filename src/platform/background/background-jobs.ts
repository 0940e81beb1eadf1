/** Background work of every worker: hands changes on, and starts workflows of requests that were kept while Temporal was away. */
import type { Logger } from 'pino'
import type { Sql } from 'postgres'
import { createWaiter } from './waiter.ts'

export interface BackgroundJobsDeps {
  raw: Sql
  log: Pick<Logger, 'info' | 'warn'>
  /** Hands waiting changes to their workflow. */
  dispatchChanges: (alreadyDispatched: Set<string>) => Promise<number>
  /** Starts workflows of requests that wait for it. @returns how many */
  startMissing: () => Promise<number>
  /** What is done now and then, first when the worker begins. */
  jobs: { everyMs: number; run: () => Promise<void> }[]
}

/** A change of the directory wakes at once; requests that wait for Temporal, and the jobs, are looked for this often. */
const pollMs = 5000
const firstRetryMs = 1000
const slowestMs = 10_000

export function createBackgroundJobs({ raw, log, dispatchChanges, startMissing, jobs }: BackgroundJobsDeps) {
  const dispatched = new Set<string>()
  let waiter = createWaiter()
  let loop: Promise<void> | undefined
  let listening: { unlisten(): Promise<void> } | undefined
  const runDue = createRunner(jobs)

  async function round(): Promise<void> {
    await dispatchChanges(dispatched)
    await startMissing()
    if (dispatched.size > 10_000) dispatched.clear()
    await runDue()
  }

  async function run(): Promise<void> {
    let pause = pollMs
    let failures = 0
    while (!waiter.isStopped()) {
      try {
        await round()
        pause = pollMs
        failures = 0
      } catch (error) {
        log.warn({ err: error }, 'background work waits: the database or Temporal is away')
        pause = failures === 0 ? firstRetryMs : Math.min(pause * 2, slowestMs)
        failures += 1
      }
      await waiter.wait(pause)
    }
  }

  async function listen(): Promise<void> {
    try {
      listening = await raw.listen('outbox', () => waiter.wake())
    } catch (error) {
      log.warn({ err: error }, 'changes are looked for every few seconds until the database listens')
    }
  }

  return {
    /** Begins, again too after `stop`. */
    start(): void {
      waiter = createWaiter()
      void listen()
      loop = run()
    },

    async stop(): Promise<void> {
      waiter.stop()
      await loop
      await listening?.unlisten().catch(() => log.warn('the database was gone before the worker ended'))
    },
  }
}

/** Runs each job when its time has come; one that fails is due again at once. */
function createRunner(jobs: BackgroundJobsDeps['jobs']): () => Promise<void> {
  const dueAt = jobs.map(() => 0)
  return async () => {
    for (const [index, { everyMs, run }] of jobs.entries()) {
      if (Date.now() < (dueAt[index] ?? 0)) continue
      await run()
      dueAt[index] = Date.now() + everyMs
    }
  }
}
