/** The data folder of the embedded Postgres: made whole or not at all, and freed from the traces of a kill. */
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileFailure, StartFailure } from '../platform/config/start-failure.ts'
import { startChild } from './child-process.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'
import type { RunAs } from './postgres-user.ts'
import { commandLineOf } from './process-identity.ts'

/** Where a cluster is and how to sign in. */
export interface Cluster {
  data: string
  user: string
  password: string
}

interface ClusterOptions {
  dataDir: string
  binaries: PostgresBinaries
  runAs: RunAs
  /** Whether to wait for the disk; false only for throw-away clusters. */
  fsync: boolean
}

const superuser = 'gatehouse'

/** Environment of the Postgres programs: nothing of ours may steer them. */
export const postgresEnvironment = {
  LC_ALL: 'C',
  TZ: 'UTC',
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
}

/**
 * The cluster under `dataDir/postgres`, made by initdb when there is none.
 * Data and password are made in a folder beside it and renamed together, so a killed first start leaves nothing half done.
 * @throws StartFailure
 */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const home = join(options.dataDir, 'postgres')
  try {
    if (!existsSync(join(home, 'data', 'PG_VERSION'))) await createCluster(home, options)
    const password = readFileSync(join(home, 'password'), 'utf8').trim()
    clearStalePid(join(home, 'data', 'postmaster.pid'))
    return { data: join(home, 'data'), user: superuser, password }
  } catch (error) {
    throw error instanceof StartFailure ? error : fileFailure(home, error)
  }
}

async function createCluster(home: string, options: ClusterOptions): Promise<void> {
  const draft = `${home}.new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(join(draft, 'data'), { recursive: true, mode: 0o700 })
  // Others may pass through to their own folder, not list.
  chmodSync(draft, 0o711)
  options.runAs.own(join(draft, 'data'))

  const password = randomBytes(24).toString('base64url')
  writeFileSync(join(draft, 'password'), `${password}\n`, { mode: 0o600, flush: true })
  const handed = join(draft, 'password-for-initdb')
  writeFileSync(handed, `${password}\n`, { mode: 0o600 })
  options.runAs.own(handed)
  await runInitdb({ ...options, data: join(draft, 'data'), passwordFile: handed })
  rmSync(handed)
  renameSync(draft, home)
}

async function runInitdb(options: ClusterOptions & { data: string; passwordFile: string }): Promise<void> {
  const args = [
    ...['--pgdata', options.data, '--username', superuser, '--pwfile', options.passwordFile],
    ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--no-instructions'],
    ...['--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    ...(options.fsync ? [] : ['--no-sync']),
  ]
  const command = options.runAs.command(options.binaries.initdb, args)
  const child = await startChild({ name: 'initdb', ...command, env: postgresEnvironment, cwd: '/' })
  const { code } = await child.exited
  if (code === 0) return
  const detail = child.lastLines()
  if (detail.some((line) => line.includes('No space left on device'))) {
    throw new StartFailure(`${options.dataDir} cannot be written: the disk is full.`, { detail })
  }
  if (detail.some((line) => line.includes('Permission denied'))) {
    throw new StartFailure(
      `The user ${options.runAs.name}, as whom Postgres runs, may not enter ${options.dataDir}: set DATA_DIR to a folder it may enter.`,
      { detail },
    )
  }
  throw new StartFailure('The embedded Postgres could not make its data folder.', { detail })
}

/**
 * After a kill the pid in the file may by now belong to something else, which Postgres takes for itself when the user is
 * the same. A real Postgres on this folder is left for it to report.
 */
function clearStalePid(path: string): void {
  if (!existsSync(path)) return
  const pid = Number(readFileSync(path, 'utf8').split('\n')[0])
  const commandLine = commandLineOf(pid)
  if (commandLine === undefined || !commandLine.includes('postgres')) rmSync(path, { force: true })
}
