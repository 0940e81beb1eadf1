/** Keeps one part running: a crash brings it back, too many crashes end the whole service with a clear word. */
import { type Child, describeExit } from '../embedded/child-process.ts'
import type { RunRecord } from '../embedded/run-record.ts'
import { StartFailure } from '../embedded/start-failure.ts'

const crashWindowMs = 60_000
const crashLimit = 5
const firstPauseMs = 100
const longestPauseMs = 5000

/** Part to keep. `start` resolves when the part serves and calls `onSpawn` as soon as its process exists. */
export interface KeeperOptions {
  name: string
  start(onSpawn: (child: Child) => void): Promise<{ child: Child; stop(): Promise<void> }>
  record: RunRecord
  report: (line: string) => void
  giveUp: (failure: StartFailure) => void
}

/** Handle of a kept part. */
export interface Keeper {
  /** First start: a failure is thrown, not retried. */
  start(): Promise<void>
  /** Ends the part and starts it anew; not a crash. */
  restart(): Promise<void>
  /** Ends the part for good, also while it starts or waits to be started again. */
  stop(): Promise<void>
}

/** A keeper for one part; nothing runs until `start`. */
export function createKeeper({ name, start, record, report, giveUp }: KeeperOptions): Keeper {
  const crashes: number[] = []
  let current: { child: Child; stop(): Promise<void> } | undefined
  let isStopped = false

  const onSpawn = (child: Child) => {
    current = { child, stop: async () => void (await child.stop('SIGTERM', 5000)) }
    record.add(child)
    if (isStopped) void current.stop()
  }
  const run = async () => {
    const running = await start(onSpawn)
    current = running
    void running.child.exited.then(() => {
      if (current === running && !isStopped) void recover(running.child)
    })
  }
  const recover = async (crashed: Child | undefined, failure?: unknown) => {
    const cause = crashed ? describeExit(await crashed.exited) : (failure as Error).message
    report(`${name} stopped unexpectedly (${cause}); starting it again`)
    const recent = crashes.filter((at) => at > Date.now() - crashWindowMs)
    crashes.splice(0, crashes.length, ...recent, Date.now())
    if (crashes.length > crashLimit) {
      const detail = crashed?.lastLines().slice(-12) ?? []
      return giveUp(new StartFailure(`${name} crashed ${crashes.length} times within a minute: giving up.`, { detail }))
    }
    const pause = Math.min(firstPauseMs * 2 ** (crashes.length - 1), longestPauseMs)
    await new Promise((resolve) => setTimeout(resolve, pause))
    await startAgain()
  }
  const startAgain = async () => {
    if (isStopped) return
    try {
      await run()
      report(`${name} is back`)
    } catch (error) {
      if (!isStopped) void recover(undefined, error)
    }
  }

  return {
    start: run,
    async restart() {
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
