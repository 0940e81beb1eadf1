/** The whole service as `npm start` runs it, in a folder of its own and on free ports; its parts are killed by their pid. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { isAlive, type ProcessIdentity } from '../../src/local/process-identity.ts'
import { findTemporalCli } from '../../src/local/temporal-binary.ts'
import { freePort } from '../../src/platform/net/ports.ts'

const root = join(import.meta.dirname, '..', '..')
const readyWithinMs = 180_000
const keptLines = 60

export const firstAdministrator = { email: 'admin@example.test', password: 'gatehouse-faults' }

interface RunRecord {
  supervisor: ProcessIdentity
  parts: (ProcessIdentity & { name: string })[]
}

/** Settings of the person who runs this must not lead anywhere outside. */
const outside = ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'SMTP_URL', 'PUBLIC_URL', 'ENCRYPTION_KEY', 'OIDC_ISSUER']

async function environmentFor(folder: string): Promise<Record<string, string>> {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  const cli = await findTemporalCli({ binDir: join(root, '.data-test', 'bin'), report: (line) => console.log(line) })
  symlinkSync(cli, join(bin, 'temporal'))
  const ports = ['PORT', 'POSTGRES_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'SMTP_PORT', 'MAIL_UI_PORT']
  const given = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const env = Object.fromEntries(given)
  for (const name of outside) env[name] = ''
  for (const name of ports) env[name] = String(await freePort())
  return {
    ...env,
    NODE_ENV: 'production',
    PATH: `${bin}${delimiter}${process.env['PATH']}`,
    DATA_DIR: join(folder, 'data'),
    HOST: '127.0.0.1',
    SEED: 'none',
    ADMIN_EMAIL: firstAdministrator.email,
    ADMIN_PASSWORD: firstAdministrator.password,
    CONNECTOR_ALLOW_PRIVATE: 'true',
  }
}

/** Resolves when it serves; `lines` are its last ones. @throws Error with them when it does not come up */
function ready(child: ChildProcess, lines: string[]): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const fail = () => reject(new Error(`The service did not start:\n${lines.join('\n')}`))
    const timer = setTimeout(fail, readyWithinMs)
    const hear = (chunk: Buffer) => {
      lines.push(...chunk.toString().split('\n').filter(Boolean))
      lines.splice(0, lines.length - keptLines)
      if (chunk.includes('Ready after')) resolve()
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', fail)
    child.once('exit', () => clearTimeout(timer))
  })
}

/** @param onGone told when the service ends although nobody stopped it, with its last lines */
export async function createService(folder: string, onGone: (lines: string[]) => void) {
  const env = await environmentFor(folder)
  const dataDir = env['DATA_DIR'] as string
  const lines: string[] = []
  let child: ChildProcess | undefined
  let isMeantToEnd = false

  function recorded(): RunRecord {
    return JSON.parse(readFileSync(join(dataDir, 'run.json'), 'utf8')) as RunRecord
  }

  async function ended(): Promise<void> {
    if (child && child.exitCode === null && child.signalCode === null)
      await new Promise((resolve) => child?.once('exit', resolve))
  }

  return {
    base: `http://127.0.0.1:${env['PORT']}`,
    dataDir,

    /** The environment of the tools that work on this service. */
    toolEnvironment: (): Record<string, string> => ({
      ...env,
      ...(JSON.parse(readFileSync(join(dataDir, 'service.json'), 'utf8')) as Record<string, string>),
    }),

    async start(): Promise<void> {
      isMeantToEnd = false
      child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], { cwd: root, env })
      await ready(child, lines)
      child.once('exit', () => isMeantToEnd || onGone(lines))
    },

    /** SIGKILL. @returns false when the part is not there at this moment */
    kill(name: string): boolean {
      const part = recorded().parts.find((one) => one.name === name)
      if (!part || !isAlive(part)) return false
      process.kill(part.pid, 'SIGKILL')
      return true
    },

    /** SIGKILL for every one of its processes at once. */
    async killEverything(): Promise<void> {
      isMeantToEnd = true
      const { supervisor, parts } = recorded()
      for (const one of [supervisor, ...parts]) if (isAlive(one)) process.kill(one.pid, 'SIGKILL')
      await ended()
    },

    async stop(): Promise<void> {
      isMeantToEnd = true
      if (child?.exitCode === null) child.kill('SIGTERM')
      await ended()
    },
  }
}

export type Service = Awaited<ReturnType<typeof createService>>
