/** Keeps one part running: what has served is started again for ever; what never came up is told to whoever started it. */
import { type Child, describeExit } from './child-process.ts'
import type { RunRecord } from './run-record.ts'

const firstPauseMs = 100
const longestPauseMs = 30_000
/** A part that has served for this long is well: its next crash is a first one again. */
const wellAfterMs = 10_000

/** Part to keep. `start` resolves when the part serves and calls `onSpawn` as soon as its process exists. */
export interface RestartingProcessOptions {
  name: string
  start(onSpawn: (child: Child) => void): Promise<{ child: Child; stop(): Promise<void> }>
  record: Pick<RunRecord, 'add' | 'remove'>
  report: (line: string) => void
  /** The time in milliseconds, and waiting for it; others than the real ones are for tests. */
  now?: () => number
  pause?: (milliseconds: number) => Promise<void>
}

/** Handle of a kept part. */
export interface RestartingProcess {
  /** First start: a failure is thrown, not retried. */
  start(): Promise<void>
  /** Ends the part and starts it anew, at once; not a crash. */
  restart(): Promise<void>
  /** Ends the part for good, also while it starts or waits to be started again. */
  stop(): Promise<void>
}

/**
 * A keeper for one part; nothing runs until `start`. A part that crashes is started again after a pause, which doubles
 * from 0.1 s to 30 s while it keeps crashing; each time one line says why and how long the pause is.
 */
export function createRestartingProcess({
  name,
  start,
  record,
  report,
  now = Date.now,
  pause = wait,
}: RestartingProcessOptions): RestartingProcess {
  let current: { child: Child; stop(): Promise<void> } | undefined
  let crashes = 0
  /** Grows with each new attempt: an older one that is still under way has nothing to do any more. */
  let attempt = 0
  let isStopped = false

  const onSpawn = (child: Child) => {
    current = { child, stop: async () => void (await child.stop('SIGTERM', 5000)) }
    record.add(child)
    if (isStopped) void current.stop()
  }
  const run = async () => {
    const running = await start(onSpawn)
    const since = now()
    current = running
    void running.child.exited.then((exit) => {
      if (current !== running || isStopped) return
      if (now() - since >= wellAfterMs) crashes = 0
      void recover(`${name} stopped unexpectedly (${describeExit(exit)}); starting it again`)
    })
  }
  const recover = async (news: string) => {
    attempt += 1
    const mine = attempt
    const pauseMs = Math.min(firstPauseMs * 2 ** crashes, longestPauseMs)
    crashes += 1
    report(`${news} in ${pauseMs / 1000} s`)
    await pause(pauseMs)
    if (attempt === mine) await startAgain()
  }
  const startAgain = async () => {
    if (isStopped) return
    const mine = attempt
    try {
      await run()
      report(`${name} is back`)
    } catch (error) {
      const cause = (error as Error).message.replace(/\.$/, '')
      if (attempt === mine && !isStopped) void recover(`${name} did not come up again (${cause}); next try`)
    }
  }

  return {
    start: run,
    async restart() {
      attempt += 1
      const running = current
      current = undefined
      await running?.stop()
      await startAgain()
    },
    async stop() {
      isStopped = true
      await current?.stop()
      record.remove(name)
    },
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
