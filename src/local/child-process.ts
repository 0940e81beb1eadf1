/** How every part is run: own process group, output to a log file, last lines kept for the error message. */

import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, existsSync, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { StartFailure } from '../platform/config/start-failure.ts'
import { type ProcessIdentity, startTimeOf } from './process-identity.ts'

const keptLines = 40
const rotateAtBytes = 10 * 1024 * 1024

/** What to run. `logDir` takes `<name>.log`; without it the output is only kept in memory. */
export interface ChildOptions {
  name: string
  command: string
  args: string[]
  env: Record<string, string>
  cwd?: string
  uid?: number
  gid?: number
  logDir?: string
  /** Opens an IPC channel: Node children say `ready` on it and end when it closes. */
  ipc?: boolean
  onLine?: (line: string, stream: 'stdout' | 'stderr') => void
  /** Told as soon as the process runs, long before it is ready. */
  onSpawn?: (child: Child) => void
}

/** How a process ended. */
export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

/** A process that runs. */
export interface Child extends ProcessIdentity {
  name: string
  process: ChildProcess
  /** Settles when the process is gone and its output read; never rejects. */
  exited: Promise<Exit>
  hasExited(): boolean
  lastLines(): string[]
  /** `signal`, then SIGKILL after `timeoutMs`; resolves when the process is gone. */
  stop(signal: NodeJS.Signals, timeoutMs: number): Promise<Exit>
}

const live = new Set<ChildProcess>()

/** Ends at once whatever is still running; for the last moment of our own process. */
export function killRemainingChildren(): void {
  for (const child of live) child.kill('SIGKILL')
}

/**
 * Starts a process in a group of its own, so that Ctrl-C in the terminal reaches only us and the parts stop in order.
 * @throws StartFailure when it cannot be started at all.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const log = options.logDir ? openLog(options.logDir, options.name) : undefined
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env,
    uid: options.uid,
    gid: options.gid,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', ...(options.ipc ? (['ipc'] as const) : [])],
  })
  // At once: a failure elsewhere may end us before anybody is told that it runs.
  live.add(child)
  child.once('exit', () => live.delete(child)).once('error', () => live.delete(child))
  await spawned(child, options)

  const lines = collectLines(child, options, log)
  let ended: Exit | undefined
  const exited = new Promise<Exit>((resolve) => {
    const end = () => {
      ended = { code: child.exitCode, signal: child.signalCode }
      log?.end()
      resolve(ended)
    }
    // The last output is worth a moment, but a grandchild may hold the pipe open for long.
    child.once('exit', () => setTimeout(end, 500).unref())
    child.once('close', end)
  })
  const pid = child.pid as number
  const stop = async (signal: NodeJS.Signals, timeoutMs: number) => {
    if (ended) return ended
    child.kill(signal)
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
    return exited.finally(() => clearTimeout(timer))
  }
  const hasExited = () => child.exitCode !== null || child.signalCode !== null
  const startTime = startTimeOf(pid) ?? ''
  const { name, onSpawn } = options
  const started = { name, process: child, pid, startTime, exited, hasExited, lastLines: () => [...lines], stop }
  onSpawn?.(started)
  return started
}

/** Waits until `probe` answers true, asking every 40 ms. @throws StartFailure when the child ends or the time is over. */
export async function waitUntilReady(child: Child, timeoutMs: number, probe: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!(await probe())) {
    if (child.hasExited()) throw await exitFailure(child)
    if (Date.now() > deadline) throw new StartFailure(`${child.name} did not get ready within ${timeoutMs / 1000} s.`)
    await wait(40)
  }
  if (child.hasExited()) throw await exitFailure(child)
}

/** The failure for a child that ended while it should have run, with its last lines. */
export async function exitFailure(child: Child): Promise<StartFailure> {
  const exit = await child.exited
  return new StartFailure(`${child.name} stopped (${describeExit(exit)}).`, { detail: child.lastLines().slice(-12) })
}

/** "exit code 1" or "SIGKILL". */
export function describeExit({ code, signal }: Exit): string {
  return signal ?? `exit code ${code}`
}

async function spawned(child: ChildProcess, { name, command }: ChildOptions): Promise<void> {
  try {
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject))
  } catch (error) {
    throw new StartFailure(`${name} cannot be started from ${command}: ${(error as Error).message}.`, { cause: error })
  }
}

function collectLines(child: ChildProcess, options: ChildOptions, log: WriteStream | undefined): string[] {
  const lines: string[] = []
  for (const stream of ['stdout', 'stderr'] as const) {
    const input = child[stream]
    if (!input) continue
    createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
      lines.push(line)
      if (lines.length > keptLines) lines.shift()
      log?.write(`${line}\n`)
      options.onLine?.(line, stream)
    })
  }
  return lines
}

function openLog(dir: string, name: string): WriteStream {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const path = join(dir, `${name}.log`)
  if (existsSync(path) && statSync(path).size > rotateAtBytes) renameSync(path, `${path}.1`)
  const log = createWriteStream(path, { flags: 'a', mode: 0o600 })
  // A full disk must not take the service down through its log.
  log.on('error', () => log.destroy())
  return log
}
