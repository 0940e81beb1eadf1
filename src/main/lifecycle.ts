/** How every Node process of the service begins and ends: ready is said once, an end is graceful, a crash is loud. */
import type { Client } from '@temporalio/client'
import { SettingsError } from '../platform/config/env.ts'
import { StartFailure } from '../platform/config/start-failure.ts'
import { type Database, ping } from '../platform/db/client.ts'

const defaultTimeoutMs = 15_000

/** Tells the supervisor, if there is one, that this process serves now. */
export function announceReady(): void {
  process.send?.({ type: 'ready' })
}

/**
 * Runs `stop` once and exits when the process is asked to end (SIGTERM, SIGINT, SIGHUP) or the supervisor is gone.
 * Exit code 0, or 1 when `stop` fails or takes longer than `timeoutMs`.
 */
export function onShutdown(stop: () => Promise<void>, timeoutMs: number = defaultTimeoutMs): void {
  let stopping = false
  const end = async () => {
    if (stopping) return
    stopping = true
    setTimeout(() => crash(new Error(`did not stop within ${timeoutMs} ms`)), timeoutMs).unref()
    try {
      await stop()
      process.exit(0)
    } catch (error) {
      crash(error)
    }
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end())
  if (process.send) process.once('disconnect', () => void end())
}

/**
 * Runs the composition root of a process. A setting or start failure is printed as its sentence, anything else with its
 * stack; either ends the process with 1, as does every later error that nobody caught.
 */
export async function runMain(main: () => Promise<void>): Promise<void> {
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)
  try {
    await main()
  } catch (error) {
    crash(error)
  }
}

/** The words for an error that ends a process: a sentence for what a person can mend, else the stack. */
export function wordsFor(error: unknown): string {
  if (error instanceof StartFailure) return [error.message, ...error.detail.map((line) => `  | ${line}`)].join('\n')
  if (error instanceof SettingsError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function crash(error: unknown): never {
  // Written, not logged: the logger may be what failed, and its buffer would be lost with the process.
  process.stderr.write(`${wordsFor(error)}\n`)
  process.exit(1)
}

/** For commands that need both. @throws StartFailure when either does not answer */
export async function requireAnswers({ db }: Database, client: Client): Promise<void> {
  try {
    await Promise.all([ping(db), client.workflowService.getSystemInfo({})])
  } catch (cause) {
    throw new StartFailure(
      'Database or Temporal does not answer. Start the service with npm start, or set DATABASE_URL and TEMPORAL_ADDRESS.',
      { cause },
    )
  }
}
