/** Runs the connected system as a child process that can be killed and comes back on its own. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { freePort } from '../../src/platform/net/ports.ts'
import type { Random } from './random.ts'

export interface TargetOptions {
  /** Where it keeps what it was told. */
  ledger: string
  /** Standard Webhooks signing secret. */
  secret: string
  random: Random
}

export async function createTarget({ ledger, secret, random }: TargetOptions) {
  const port = await freePort()
  let child: ChildProcess | undefined
  let comingBack: NodeJS.Timeout | undefined

  async function start(): Promise<void> {
    const seed = Math.floor(random.between(1, 1_000_000))
    const values = { TARGET_PORT: port, TARGET_LEDGER: ledger, TARGET_SECRET: secret, TARGET_SEED: seed }
    const own = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
    child = fork(join(import.meta.dirname, 'target.ts'), { env: { ...process.env, ...own } })
    await Promise.race([once(child, 'message'), once(child, 'exit')])
  }

  return {
    url: `http://127.0.0.1:${port}/hook`,
    start,

    /** SIGKILL; it is away for up to three seconds. @returns false while it is away */
    kill(): boolean {
      if (child?.exitCode !== null || child.signalCode !== null || comingBack) return false
      child.kill('SIGKILL')
      comingBack = setTimeout(
        () => {
          comingBack = undefined
          void start()
        },
        random.between(100, 3000),
      )
      return true
    },

    /** Brings it back at once when it is away. */
    async wake(): Promise<void> {
      if (!comingBack) return
      clearTimeout(comingBack)
      comingBack = undefined
      await start()
    },

    stop(): void {
      clearTimeout(comingBack)
      child?.kill('SIGKILL')
    },
  }
}

export type Target = Awaited<ReturnType<typeof createTarget>>
