/** DATA_DIR/run.json: who runs on this data folder, so that nobody else does and a killed run leaves nothing behind. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileFailure, StartFailure } from '../platform/config/start-failure.ts'
import { endProcess, isAlive, type ProcessIdentity, startTimeOf } from './process-identity.ts'

interface RunFile {
  supervisor: ProcessIdentity
  parts: (ProcessIdentity & { name: string })[]
}

/** The claim of this process on a data folder. */
export interface RunRecord {
  /** Notes a running part; a part of the same name replaces the one before. */
  add(part: ProcessIdentity & { name: string }): void
  /** Notes that a part has ended. */
  remove(name: string): void
  /** Gives the folder up. */
  release(): void
}

const self = (): ProcessIdentity => ({ pid: process.pid, startTime: startTimeOf(process.pid) ?? '' })

/**
 * Claims the data folder for this process, after ending what a killed run left behind.
 * @throws StartFailure when another live process has it.
 */
export async function claimDataDir(dataDir: string): Promise<RunRecord> {
  const path = join(dataDir, 'run.json')
  const record: RunFile = { supervisor: self(), parts: [] }
  while (!createOnce(path, record)) await takeAway(path)

  let isReleased = false
  const save = () => {
    if (!isReleased) replaceFile(path, record)
  }
  return {
    add(part) {
      const { name, pid, startTime } = part
      record.parts = [...record.parts.filter((other) => other.name !== name), { name, pid, startTime }]
      save()
    },
    remove(name) {
      record.parts = record.parts.filter((other) => other.name !== name)
      save()
    },
    release() {
      isReleased = true
      rmSync(path, { force: true })
    },
  }
}

/** Ends the run that left this file, unless it is alive; the file is gone afterwards. */
async function takeAway(path: string): Promise<void> {
  const text = readIfThere(path)
  if (text === undefined) return
  const left = parseRunFile(text)
  if (left && isAlive(left.supervisor)) {
    throw new StartFailure(
      `Gatehouse is already running on this data folder (pid ${left.supervisor.pid}): stop it first, or set DATA_DIR to another folder.`,
    )
  }
  // Those that write first, the databases last.
  for (const part of [...(left?.parts ?? [])].reverse()) await endProcess(part, 'SIGINT', 10_000)
  // Another start may have done the same meanwhile: only the file that was read is taken away.
  if (readIfThere(path) === text) rmSync(path, { force: true })
}

function parseRunFile(text: string): RunFile | undefined {
  try {
    const { supervisor, parts } = JSON.parse(text) as RunFile
    return Number.isInteger(supervisor.pid) && Array.isArray(parts) ? { supervisor, parts } : undefined
  } catch {
    return undefined // cut short by a crash or a full disk: it names nobody
  }
}

function createOnce(path: string, record: RunFile): boolean {
  const draft = `${path}.${process.pid}`
  try {
    writeFileSync(draft, JSON.stringify(record), { mode: 0o600 })
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw fileFailure(path, error)
  } finally {
    rmSync(draft, { force: true })
  }
}

function replaceFile(path: string, record: RunFile): void {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify(record), { mode: 0o600 })
  renameSync(draft, path)
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw fileFailure(path, error)
  }
}
