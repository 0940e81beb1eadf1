/** The embedded Temporal: the CLI's server on 127.0.0.1 with a durable database and its UI. */
import { Connection } from '@temporalio/client'
import { childEnvironment } from '../platform/config/env.ts'
import { acceptsConnections, freePort } from '../platform/net/ports.ts'
import { type Child, startChild, waitUntilReady } from './child-process.ts'
import { type Hidden, hiddenPlace, openLocalGate } from './local-gate.ts'

/** Finished workflows stay readable for 90 days, longer than any request lives; the server's own default is one day. */
const retentionSeconds = 90 * 24 * 60 * 60
const readyWithinMs = 60_000
const stopWithinMs = 10_000

/** `port` and `uiPort` 0 pick free ones. `databaseFile` is made when it is not there. */
export interface EmbeddedTemporalOptions {
  cli: string
  databaseFile: string
  namespace: string
  port?: number
  uiPort?: number
  /** Where the UI has encrypted payloads decoded. */
  codecEndpoint?: string
  logDir?: string
  onSpawn?: (child: Child) => void
}

/** A running server. */
export interface EmbeddedTemporal {
  address: string
  uiUrl: string
  port: number
  uiPort: number
  pid: number
  child: Child
  stop(): Promise<void>
}

/**
 * Starts the server and waits until the namespace answers.
 * @throws StartFailure in one sentence, with the last log lines.
 */
export async function startEmbeddedTemporal(options: EmbeddedTemporalOptions): Promise<EmbeddedTemporal> {
  const port = options.port || (await freePort())
  const uiPort = options.uiPort || (await freePort())
  const address = `127.0.0.1:${port}`
  const { cli: command, logDir, onSpawn } = options
  const ui = await hiddenPlace()
  const args = [...serverArguments(options, ui), '--port', String(port)]
  // A TEMPORAL_* variable meant for our clients must not steer the server.
  const env = childEnvironment(Object.fromEntries(Object.keys(childEnvironment()).filter(isTemporal).map(unset)))
  const child = await startChild({ name: 'temporal', command, args, env, logDir, onSpawn })
  const stop = async () => {
    await child.stop('SIGTERM', stopWithinMs)
  }
  try {
    const gate = await openLocalGate({ port: uiPort, target: ui })
    void child.exited.then(() => gate.close())
    await waitUntilReady(child, readyWithinMs, () => answers(port, options.namespace))
  } catch (error) {
    await stop()
    throw error
  }
  return { address, uiUrl: `http://127.0.0.1:${uiPort}`, port, uiPort, pid: child.pid, child, stop }
}

const isTemporal = (name: string) => name.startsWith('TEMPORAL_')
const unset = (name: string) => [name, undefined] as const

function serverArguments(options: EmbeddedTemporalOptions, ui: Hidden): string[] {
  const searchAttributes = ['RequestStatus', 'RequesterId', 'ApprovalFlowId']
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--log-level', 'warn', '--ui-disable-news-fetch'],
    ...['--ui-ip', ui.host, '--ui-port', String(ui.port)],
    // Its second, JSON API takes posts of any web page. Nothing here uses it: no host that there can be may.
    ...['--dynamic-config-value', 'frontend.httpAllowedHosts=["nobody.invalid"]'],
    ...['--db-filename', options.databaseFile, '--namespace', options.namespace],
    // 2.5 times the throughput of the default file; a process crash loses nothing.
    ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'],
    ...searchAttributes.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
    ...(options.codecEndpoint ? ['--ui-codec-endpoint', options.codecEndpoint] : []),
  ]
}

async function answers(port: number, namespace: string): Promise<boolean> {
  // A gRPC client that meets a closed port waits a second before it tries again: ask it only when the port is open.
  if (!(await acceptsConnections(port))) return false
  const connection = Connection.lazy({ address: `127.0.0.1:${port}` })
  try {
    await connection.withDeadline(Date.now() + 3000, () => raiseRetention(connection, namespace))
    return true
  } catch {
    return false // not yet
  } finally {
    await connection.close()
  }
}

async function raiseRetention(connection: Connection, namespace: string): Promise<void> {
  const { workflowService } = connection
  const { config } = await workflowService.describeNamespace({ namespace })
  if (Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) >= retentionSeconds) return
  const workflowExecutionRetentionTtl = { seconds: retentionSeconds as never }
  await workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl } })
}
