/** Runs our own entry points as child processes: servers that say when they are ready, and jobs that end. */
import { join } from 'node:path'
import { StartFailure } from '../platform/config/start-failure.ts'
import { type Child, exitFailure, startChild, waitUntilReady } from './child-process.ts'

/** Entry point `<folder>/<name>.js` with its environment. */
export interface NodeProcess {
  name: string
  folder: string
  env: Record<string, string>
  logDir: string
  onLine?: (line: string, stream: 'stdout' | 'stderr') => void
  /** Hears what a server says but `ready`. */
  onMessage?: (message: object) => void
}

const readyWithinMs = 60_000
const stopWithinMs = 20_000

/**
 * Starts a server and waits for its word that it serves.
 * @throws StartFailure with its last lines when it ends first.
 */
export async function startServer(options: NodeProcess, onSpawn: (child: Child) => void) {
  const child = await launch(options, { ipc: true, onSpawn })
  let isReady = false
  child.process.on('message', (message) => {
    if ((message as { type?: string } | null)?.type === 'ready') isReady = true
    else if (typeof message === 'object' && message !== null) options.onMessage?.(message)
  })
  const stop = async () => void (await child.stop('SIGTERM', stopWithinMs))
  try {
    await waitUntilReady(child, readyWithinMs, async () => isReady)
  } catch (error) {
    await stop()
    throw error
  }
  return { child, stop }
}

/**
 * Runs a job to its end.
 * @throws StartFailure with its last lines when it fails.
 */
export async function runJob(options: NodeProcess, title: string): Promise<void> {
  // A process that can speak to us does not write what is for a person into its log.
  const child = await launch(options, { ipc: true })
  const { code } = await child.exited
  if (code === 0) return
  const { detail } = await exitFailure(child)
  throw new StartFailure(`${title} failed.`, { detail })
}

function launch(options: NodeProcess, extra: { ipc?: boolean; onSpawn?: (child: Child) => void }): Promise<Child> {
  const { name, folder, env, logDir, onLine } = options
  const args = ['--enable-source-maps', join(folder, `${name}.js`)]
  return startChild({ name, command: process.execPath, args, env, logDir, onLine, ...extra })
}
