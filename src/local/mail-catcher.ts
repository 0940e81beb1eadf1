/** The mail catcher: takes every mail, sends none on, shows them on a page. Mails are kept under the data folder. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { childEnvironment } from '../platform/config/env.ts'
import { fileFailure, StartFailure } from '../platform/config/start-failure.ts'
import { acceptsConnections, freePort } from '../platform/net/ports.ts'
import { type Child, startChild, waitUntilReady } from './child-process.ts'
import { type Hidden, hiddenPlace, openLocalGate } from './local-gate.ts'
import { packageFolder } from './package-folder.ts'

const readyWithinMs = 60_000
const stopWithinMs = 5000

/** Ports 0 pick free ones. Mails are kept in `dataDir/mail`. */
export interface MailCatcherOptions {
  dataDir: string
  smtpPort?: number
  webPort?: number
  onSpawn?: (child: Child) => void
}

/** A running mail catcher. Its page answers at `webUrl`, its JSON at `webUrl/api/email`. */
export interface MailCatcher {
  smtpUrl: string
  webUrl: string
  smtpPort: number
  webPort: number
  pid: number
  child: Child
  stop(): Promise<void>
}

/**
 * Starts the mail catcher with the mails it has kept and waits until SMTP and page answer.
 * @throws StartFailure
 */
export async function startMailCatcher(options: MailCatcherOptions): Promise<MailCatcher> {
  const smtpPort = options.smtpPort || (await freePort())
  const webPort = options.webPort || (await freePort())
  const web = await hiddenPlace()
  const child = await startChild({
    name: 'mail',
    command: process.execPath,
    args: commandLine(options.dataDir, smtpPort, web),
    env: childEnvironment({ NODE_OPTIONS: undefined, ...ownVariablesUnset() }),
    // No log: it would hold subjects and addresses for longer than the mails are kept.
    onSpawn: options.onSpawn,
  })
  const webUrl = `http://127.0.0.1:${webPort}`
  const stop = async () => {
    await child.stop('SIGTERM', stopWithinMs)
  }
  try {
    const gate = await openLocalGate({ port: webPort, target: web })
    void child.exited.then(() => gate.close())
    await waitUntilReady(
      child,
      readyWithinMs,
      async () => (await acceptsConnections(smtpPort)) && (await showsPage(webUrl)),
    )
  } catch (error) {
    await stop()
    throw error
  }
  return { smtpUrl: `smtp://127.0.0.1:${smtpPort}`, webUrl, smtpPort, webPort, pid: child.pid, child, stop }
}

function commandLine(dataDir: string, smtpPort: number, web: Hidden): string[] {
  const folder = packageFolder('maildev')
  if (!folder) throw new StartFailure('The package maildev is not installed: run npm ci, or set SMTP_URL.')
  const mails = join(dataDir, 'mail')
  // Named, because maildev else takes any configuration it finds in the folders above, a relay to the world included.
  const configuration = join(dataDir, 'mail-catcher.json')
  try {
    mkdirSync(mails, { recursive: true, mode: 0o700 })
    writeFileSync(configuration, '{}\n', { mode: 0o600 })
  } catch (error) {
    throw fileFailure(mails, error)
  }
  return [
    join(folder, 'dist', 'bin', 'maildev.js'),
    ...['--config', configuration, '--mail-directory', mails],
    ...['--ip', '127.0.0.1', '--smtp', String(smtpPort)],
    ...['--web-ip', web.host, '--web', String(web.port)],
  ]
}

function ownVariablesUnset(): Record<string, undefined> {
  const names = Object.keys(childEnvironment()).filter((name) => name.startsWith('MAILDEV_'))
  return Object.fromEntries(names.map((name) => [name, undefined]))
}

async function showsPage(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { headers: { accept: 'text/html' }, signal: AbortSignal.timeout(2000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false // not yet
  }
}
