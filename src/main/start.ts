/** `npm start`: brings up everything that is not outside, keeps it running, and takes it down again in order. */
import { join } from 'node:path'
import { killRemainingChildren } from '../local/child-process.ts'
import { noteAddresses, prepareDataFolder } from '../local/data-folder.ts'
import { runJob } from '../local/node-process.ts'
import {
  choosePorts,
  type DatabaseUrls,
  mailPart,
  nodePart,
  type Ports,
  postgresPart,
  publicUrlOf,
  serviceEnvironment,
  stopInOrder,
  temporalPart,
} from '../local/parts.ts'
import { createProgress } from '../local/progress.ts'
import { requireReachable } from '../local/require-reachable.ts'
import {
  createRestartingProcess,
  type RestartingProcess,
  type RestartingProcessOptions,
} from '../local/restarting-process.ts'
import { claimDataDir, type RunRecord } from '../local/run-record.ts'
import { addressTable, readDemoSignIns, type SignIn } from '../local/table.ts'
import { readSettings, type Settings } from '../platform/config/env.ts'
import { StartFailure } from '../platform/config/start-failure.ts'
import { wordsFor } from './lifecycle.ts'

const stopOrder = ['api', 'worker', 'identity-provider', 'mail', 'temporal', 'postgres']
/** npm passes Ctrl-C on although the terminal has sent it already: a second one counts only after this time. */
const secondSignalAfterMs = 1500
const tidyUpMs = 1000

const printLine = (line: string) => void process.stdout.write(`${line}\n`)
const report = (line: string) => printLine(`  ! ${line}`)
const progress = createProgress((line) => stoppingSince || printLine(line))
const processes = new Map<string, RestartingProcess>()
let record: RunRecord | undefined
let stoppingSince: number | undefined
let firstSignIn: SignIn | undefined

// Everything in the data folder is for this user alone; what Postgres' own user must enter is opened one by one.
process.umask(0o077)
process.once('exit', killRemainingChildren)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stopAll(0))
if (process.send) process.once('disconnect', () => void stopAll(0))
process.on('uncaughtException', (error) => void fail(error))
process.on('unhandledRejection', (error) => void fail(error))

const starting = start()
try {
  await starting
} catch (error) {
  await fail(error)
}

async function start(): Promise<void> {
  const began = performance.now()
  const bringsProvider = process.argv.includes('--idp')
  const settings = readSettings(process.env, { bringsProvider })
  if (bringsProvider) requireDemo(settings)
  prepareDataFolder(settings.dataDir)
  record = await claimDataDir(settings.dataDir)
  const ports = await choosePorts(settings, { withProvider: bringsProvider })

  const temporal = startTemporal(settings, ports)
  const mail = settings.smtpUrl ? undefined : keep('Mail catcher', mailPart(settings, ports))
  const database = await startDatabase(settings, ports)
  const env = serviceEnvironment(settings, ports, database.service)
  const ownersEnv = { ...env, MIGRATION_DATABASE_URL: database.migration }
  const migrate = () => job('migrate', ownersEnv, 'Bringing the database to this version')
  await Promise.all([progress.step('Database schema', migrate), temporal])

  await Promise.all([
    bringsProvider && keep('Identity provider', nodePart('identity-provider', env, { report: () => {} })),
    keep('Worker', nodePart('worker', env, { report })),
    keep('API', nodePart('api', env, { report, onMessage: hearOfFirstSignIn })),
    mail,
  ])
  if (needsSeed(settings)) await progress.step('First data', () => job('seed', env, 'Making the first data'))
  noteAddresses(settings.dataDir, ownersEnv)
  restartOnRequest(migrate)
  showTable(settings, ports)
  printLine(`Ready after ${((performance.now() - began) / 1000).toFixed(1)} s. Ctrl-C stops everything.`)
  process.send?.({ type: 'ready' })
}

/** `npm start -- --idp`. @throws StartFailure where others could reach it, or there is one already */
function requireDemo({ isLocalDemo, oidcIssuer }: Settings): void {
  if (oidcIssuer)
    throw new StartFailure('--idp brings an identity provider of its own: take OIDC_ISSUER away, or --idp.')
  if (isLocalDemo) return
  throw new StartFailure(
    '--idp is for the demo on this machine: it asks nobody for a password. It takes SEED=demo, a HOST that is a loopback address, and no https PUBLIC_URL.',
  )
}

async function startDatabase(settings: Settings, ports: Ports): Promise<DatabaseUrls> {
  const { databaseUrl: service, migrationDatabaseUrl } = settings
  if (service) {
    const migration = migrationDatabaseUrl ?? service
    await requireReachable('DATABASE_URL', service, 5432)
    await requireReachable('MIGRATION_DATABASE_URL', migration, 5432)
    return { service, migration }
  }
  let urls: DatabaseUrls | undefined
  await keep(
    'Postgres',
    postgresPart(settings, ports, (found) => void (urls = found)),
  )
  return urls as unknown as DatabaseUrls
}

async function startTemporal(settings: Settings, ports: Ports): Promise<void> {
  if (settings.temporalAddress) await requireReachable('TEMPORAL_ADDRESS', settings.temporalAddress, 7233)
  else await keep('Temporal', temporalPart(settings, ports, progress.note))
}

async function keep(title: string, part: Pick<RestartingProcessOptions, 'name' | 'start'>): Promise<void> {
  const keeper = createRestartingProcess({ ...part, record: record as RunRecord, report })
  processes.set(part.name, keeper)
  await progress.step(title, () => keeper.start())
}

function job(name: string, env: Record<string, string>, title: string): Promise<void> {
  return runJob({ name, folder: import.meta.dirname, env, logDir: join(env['DATA_DIR'] as string, 'logs') }, title)
}

/** The demo data leave their sign-ins behind last. With a database of our own these are the proof that nothing is missing. */
function needsSeed(settings: Settings): boolean {
  if (settings.seed !== 'demo') return false
  return settings.databaseUrl !== undefined || readDemoSignIns(settings.dataDir).length === 0
}

/** The API has made a password for the first administrator, who has not chosen one yet. It stands in the table and nowhere else. */
function hearOfFirstSignIn(message: { type?: string; email?: string; password?: string }): void {
  const { type, email = '', password = '' } = message
  if (type === 'first-sign-in')
    firstSignIn = { role: 'First sign-in', email, password: `${password} (then it asks for a new password)` }
}

function showTable(settings: Settings, ports: Ports): void {
  const addresses = {
    publicUrl: publicUrlOf(settings, ports),
    identityProvider: ports.identityProvider === undefined ? undefined : `http://127.0.0.1:${ports.identityProvider}`,
    mailUi: settings.smtpUrl ? undefined : `http://localhost:${ports.mailUi}`,
    temporal: settings.temporalAddress ?? `127.0.0.1:${ports.temporal}`,
    temporalUi: settings.temporalAddress ? settings.temporalUiUrl : `http://localhost:${ports.temporalUi}`,
  }
  const signIns = [...(firstSignIn ? [firstSignIn] : []), ...readDemoSignIns(settings.dataDir)]
  for (const line of addressTable(addresses, signIns)) printLine(line)
}

/** `npm run dev` asks for new code to be run: the schema first, then our own two processes. */
function restartOnRequest(migrate: () => Promise<void>): void {
  const restart = async () => {
    try {
      await migrate()
      await Promise.all([processes.get('worker')?.restart(), processes.get('api')?.restart()])
      process.send?.({ type: 'restarted' })
    } catch (error) {
      report(wordsFor(error))
    }
  }
  process.on('message', (message) => {
    if ((message as { type?: string } | null)?.type === 'restart' && !stoppingSince) void restart()
  })
}

async function fail(error: unknown): Promise<void> {
  if (stoppingSince) return // what breaks while everything is taken down is no news
  process.stderr.write(`\n${wordsFor(error)}\n`)
  await stopAll(1)
}

async function stopAll(exitCode: number): Promise<void> {
  if (stoppingSince) {
    if (Date.now() - stoppingSince > secondSignalAfterMs) process.exit(130) // the exit handler kills what is left
    return
  }
  stoppingSince = Date.now()
  if (exitCode === 0) printLine('\nStopping …')
  await stopInOrder(stopOrder.map((name) => processes.get(name)))
  // A download or initdb in the middle: ended, and given a moment to clear away what it has half made.
  killRemainingChildren()
  await Promise.race([starting.catch(() => {}), new Promise((resolve) => setTimeout(resolve, tidyUpMs))])
  record?.release()
  if (exitCode === 0) printLine('Stopped.')
  process.exit(exitCode)
}
