/** Waiting that can be cut short: by news, or by the end. */

export interface Waiter {
  /** Until woken (also when that happened since the last wait), stopped, or `milliseconds` have passed. */
  wait(milliseconds: number): Promise<void>
  /** `milliseconds`, whatever is new; ends early when stopped, unless `throughStop`. */
  pause(milliseconds: number, options?: { throughStop?: boolean }): Promise<void>
  wake(): void
  stop(): void
  isStopped(): boolean
  /** 0 while not stopped. */
  msSinceStop(): number
}

export function createWaiter(): Waiter {
  const sleepers = new Set<{ end: () => void; endsOnWake: boolean; endsOnStop: boolean }>()
  let hasNews = false
  let stoppedAt: number | undefined

  const sleep = (milliseconds: number, kind: { endsOnWake: boolean; endsOnStop: boolean }) =>
    new Promise<void>((resolve) => {
      const sleeper = {
        ...kind,
        end: () => {
          clearTimeout(timer)
          sleepers.delete(sleeper)
          resolve()
        },
      }
      const timer = setTimeout(sleeper.end, milliseconds)
      sleepers.add(sleeper)
    })

  return {
    wait: async (milliseconds) => {
      if (!hasNews && stoppedAt === undefined) await sleep(milliseconds, { endsOnWake: true, endsOnStop: true })
      hasNews = false
    },
    pause: async (milliseconds, { throughStop = false } = {}) => {
      if (stoppedAt === undefined || throughStop)
        await sleep(milliseconds, { endsOnWake: false, endsOnStop: !throughStop })
    },
    wake: () => {
      hasNews = true
      for (const sleeper of [...sleepers]) if (sleeper.endsOnWake) sleeper.end()
    },
    stop: () => {
      stoppedAt ??= Date.now()
      for (const sleeper of [...sleepers]) if (sleeper.endsOnStop) sleeper.end()
    },
    isStopped: () => stoppedAt !== undefined,
    msSinceStop: () => (stoppedAt === undefined ? 0 : Date.now() - stoppedAt),
  }
}
