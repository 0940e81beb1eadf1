/** The whole service as `npm start` runs it: its own process tree, free ports, a data folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { inject } from 'vitest'
import { freePort } from '../../src/platform/net/ports.ts'

const root = join(import.meta.dirname, '..', '..')
const readyWithinMs = 120_000

export const signIn = { email: 'admin@example.test', password: 'gatehouse-tests' }

interface RunRecord {
  supervisor: { pid: number }
  parts: { name: string; pid: number }[]
}

/** Starts it again and again on the same data; `close` stops it and removes the data. `settings` are those that differ. */
export async function createService(settings: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-e2e-'))
  const dataDir = join(folder, 'data')
  mkdirSync(join(folder, 'bin'))
  symlinkSync(inject('temporalCliPath'), join(folder, 'bin', 'temporal'))
  const ports = { api: await freePort(), mail: await freePort() }
  const env = {
    ...process.env,
    // That of the tests is not what a person has who types `npm start`.
    NODE_ENV: undefined,
    PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH']}`,
    DATA_DIR: dataDir,
    PORT: String(ports.api),
    MAIL_UI_PORT: String(ports.mail),
    SMTP_PORT: '0',
    POSTGRES_PORT: '0',
    TEMPORAL_PORT: '0',
    TEMPORAL_UI_PORT: '0',
    SEED: 'none',
    ADMIN_PASSWORD: signIn.password,
    CONNECTOR_ALLOW_PRIVATE: 'true',
    ...settings,
  }
  let child: ChildProcess | undefined
  let output = ''

  async function start(): Promise<void> {
    output = ''
    const started = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], { cwd: root, env })
    child = started
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`not ready in time:\n${output}`)), readyWithinMs)
      const hear = (chunk: Buffer) => {
        output += chunk.toString()
        if (!output.includes('Ready after')) return
        clearTimeout(timer)
        resolve()
      }
      started.stdout.on('data', hear)
      started.stderr.on('data', hear)
      started.once('exit', (code) => reject(new Error(`ended with ${code}:\n${output}`)))
    })
  }

  async function ended(): Promise<void> {
    if (child && child.exitCode === null && child.signalCode === null)
      await new Promise((resolve) => child?.once('exit', resolve))
  }

  return {
    base: `http://127.0.0.1:${ports.api}`,
    mailBase: `http://127.0.0.1:${ports.mail}`,
    dataDir,
    start,

    /** The database of this start, as its parts reach it. */
    get databaseUrl(): string {
      return JSON.parse(readFileSync(join(dataDir, 'service.json'), 'utf8')).DATABASE_URL
    },

    /** SIGKILL for every one of its processes at once. */
    async killEverything(): Promise<void> {
      const record = JSON.parse(readFileSync(join(dataDir, 'run.json'), 'utf8')) as RunRecord
      for (const { pid } of [record.supervisor, ...record.parts]) process.kill(pid, 'SIGKILL')
      if (child?.exitCode === null) child.kill('SIGKILL')
      await ended()
    },

    async close(): Promise<void> {
      if (child?.exitCode === null) child.kill('SIGTERM')
      await ended()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type Service = Awaited<ReturnType<typeof createService>>

/** Waits for a condition, asking every 50 ms. @throws when it does not come within `withinMs` */
export async function eventually<T>(ask: () => Promise<T | undefined | false>, withinMs = 20_000): Promise<T> {
  const end = Date.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > end) throw new Error('the condition did not come')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
