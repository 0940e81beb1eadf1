/** The embedded Postgres: our own child process on 127.0.0.1. */

import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { StartFailure } from '../platform/config/start-failure.ts'
import { ownerRole, serviceRole } from '../platform/db/privileges.ts'
import { choosePort } from '../platform/net/ports.ts'
import { type Child, exitFailure, startChild, waitUntilReady } from './child-process.ts'
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts'
import { type Cluster, openCluster, postgresEnvironment } from './postgres-cluster.ts'
import { ensureRoles, passwordOf } from './postgres-roles.ts'
import { postgresUser, type RunAs } from './postgres-user.ts'

const database = 'gatehouse'
const readyWithinMs = 120_000
const stopWithinMs = 20_000

/** `port` 0 picks a free one. `fsync` false is for throw-away data. `log` writes to `dataDir/logs`. */
export interface EmbeddedPostgresOptions {
  dataDir: string
  port?: number
  fsync?: boolean
  log?: boolean
  onSpawn?: (child: Child) => void
}

/** A running server, with the addresses of the database `gatehouse` for each role. */
export interface EmbeddedPostgres {
  /** The superuser's. */
  url: string
  /** For migrations: the role that owns the tables. */
  ownerUrl: string
  /** For API and worker. */
  serviceUrl: string
  port: number
  pid: number
  child: Child
  /** Fast shutdown: sessions are cut, everything committed is on the disk. */
  stop(): Promise<void>
}

/**
 * Starts Postgres on `dataDir/postgres`, made at the first start, and waits until it answers.
 * @throws StartFailure in one sentence, with the last log lines.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, fsync = true } = options
  const binaries = findPostgresBinaries()
  const runAs = postgresUser(binaries.initdb)
  const cluster = await openCluster({ dataDir, binaries, runAs, fsync })
  const port = await choosePort({ variable: 'POSTGRES_PORT', wanted: options.port ?? 0, usual: 5433 })
  const logDir = options.log ? join(dataDir, 'logs') : undefined
  const child = await launch({ cluster, binaries, runAs, port, fsync, logDir, onSpawn: options.onSpawn })
  try {
    await createDatabase(cluster, port)
  } catch (error) {
    await child.stop('SIGINT', stopWithinMs)
    throw new StartFailure(`The database cannot be made: ${(error as Error).message}.`, { cause: error })
  }
  const addressFor = (user: string) =>
    addressOf({ ...cluster, user, password: passwordOf(user, cluster.password) }, port, database)
  const stop = async () => {
    await child.stop('SIGINT', stopWithinMs)
  }
  return {
    url: addressOf(cluster, port, database),
    ownerUrl: addressFor(ownerRole),
    serviceUrl: addressFor(serviceRole),
    port,
    pid: child.pid,
    child,
    stop,
  }
}

interface Launch {
  cluster: Cluster
  binaries: PostgresBinaries
  runAs: RunAs
  port: number
  fsync: boolean
  logDir: string | undefined
  onSpawn: ((child: Child) => void) | undefined
}

async function launch(options: Launch): Promise<Child> {
  const deadline = Date.now() + 15_000
  for (;;) {
    const child = await startPostgres(options)
    try {
      await waitUntilReady(child, readyWithinMs, () => answers(options.cluster, options.port))
      return child
    } catch (error) {
      if (!child.hasExited()) await child.stop('SIGINT', stopWithinMs)
      // Sessions of a killed server hold its memory for a moment: they end by themselves.
      const held = child
        .lastLines()
        .some((line) => /shared memory block .* is still in use|lock file .* already exists/.test(line))
      if (!held || Date.now() > deadline) throw child.hasExited() ? await exitFailure(child) : error
      await wait(250)
    }
  }
}

function startPostgres({ cluster, binaries, runAs, port, fsync, ...rest }: Launch): Promise<Child> {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    log_min_messages: 'warning',
    // The log holds no data: an error without its DETAIL, which quotes the row, and without statement and parameters.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_timezone: 'UTC',
    timezone: 'UTC',
    // Compiling a query costs more than the short queries of this service take.
    jit: 'off',
    ...(fsync ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const command = runAs.command(binaries.postgres, ['-D', cluster.data, '-p', String(port), ...flags])
  return startChild({ name: 'postgres', ...command, env: postgresEnvironment, cwd: '/', ...rest })
}

const addressOf = ({ user, password }: Cluster, port: number, name: string) =>
  `postgres://${user}:${password}@127.0.0.1:${port}/${name}`

const connect = (cluster: Cluster, port: number, name = 'postgres') =>
  postgres(addressOf(cluster, port, name), { max: 1, connect_timeout: 5, onnotice: () => {}, fetch_types: false })

async function answers(cluster: Cluster, port: number): Promise<boolean> {
  const sql = connect(cluster, port)
  try {
    await sql`select 1`
    return true
  } catch {
    return false // not yet: refused, or still recovering
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function createDatabase(cluster: Cluster, port: number): Promise<void> {
  const sql = connect(cluster, port)
  try {
    const found = await sql`select 1 from pg_database where datname = ${database}`
    if (found.length === 0) await sql`create database ${sql(database)}`
  } finally {
    await sql.end({ timeout: 1 })
  }
  const inside = connect(cluster, port, database)
  try {
    await ensureRoles(inside, database, cluster.password)
  } finally {
    await inside.end({ timeout: 1 })
  }
}
