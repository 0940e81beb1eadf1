/** Background work of every worker: hands changes on, and starts workflows of requests that were kept while Temporal was away. */
import type { Logger } from 'pino'
import type { Sql } from 'postgres'

export interface ChoresDeps {
  raw: Sql
  log: Pick<Logger, 'info' | 'warn'>
  /** Hands waiting changes to their workflow. */
  handOn: (alreadyHandedOn: Set<string>) => Promise<number>
  /** Starts workflows of requests that wait for it. @returns how many */
  startWaiting: () => Promise<number>
  /** What is done now and then, first when the worker begins. */
  jobs: { everyMs: number; run: () => Promise<void> }[]
}

const pollMs = 1000
const slowestMs = 10_000

export function createChores({ raw, log, handOn, startWaiting, jobs }: ChoresDeps) {
  const handedOn = new Set<string>()
  let isStopping = false
  let wake: () => void = () => undefined
  let loop: Promise<void> | undefined
  let listening: { unlisten(): Promise<void> } | undefined
  const dueAt = jobs.map(() => 0)

  function wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async function round(): Promise<void> {
    await handOn(handedOn)
    await startWaiting()
    if (handedOn.size > 10_000) handedOn.clear()
    for (const [index, { everyMs, run: runJob }] of jobs.entries()) {
      if (Date.now() < (dueAt[index] ?? 0)) continue
      await runJob()
      dueAt[index] = Date.now() + everyMs
    }
  }

  async function run(): Promise<void> {
    let pause = pollMs
    while (!isStopping) {
      try {
        await round()
        pause = pollMs
      } catch (error) {
        log.warn({ err: error }, 'background work waits: the database or Temporal is away')
        pause = Math.min(pause * 2, slowestMs)
      }
      if (!isStopping) await wait(pause)
    }
  }

  async function listen(): Promise<void> {
    try {
      listening = await raw.listen('outbox', () => wake())
    } catch (error) {
      log.warn({ err: error }, 'changes are looked for every second until the database listens')
    }
  }

  return {
    /** Begins, again too after `stop`. */
    start(): void {
      isStopping = false
      void listen()
      loop = run()
    },

    async stop(): Promise<void> {
      isStopping = true
      wake()
      await loop
      await listening?.unlisten().catch(() => log.warn('the database was gone before the worker ended'))
    },
  }
}
