/** Fetches programs of Python with pip, each into a folder of its own. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startChild } from '../../src/local/child-process.ts'
import { childEnvironment } from '../../src/platform/config/env.ts'

/** Settles with the exit code and what was printed. */
export async function runCommand(
  command: string,
  args: string[],
  options: { env?: Record<string, string>; cwd?: string } = {},
): Promise<[number, string[]]> {
  const { env = {}, ...where } = options
  const lines: string[] = []
  const onLine = (line: string) => void lines.push(line)
  const child = await startChild({ name: command, command, args, env: childEnvironment(env), onLine, ...where })
  const { code } = await child.exited
  return [code ?? 1, lines]
}

/**
 * The folder of a package under `cacheDir`, with all that it needs; fetched if it is not there yet.
 * @param extra as in `name[extra]`
 * @throws Error saying what pip said
 */
export async function findPythonPackage(
  cacheDir: string,
  { name, version, extra }: { name: string; version: string; extra?: string },
): Promise<string> {
  const folder = join(cacheDir, `${name}-${version}`)
  if (existsSync(folder)) return folder
  mkdirSync(cacheDir, { recursive: true })
  const draft = mkdtempSync(join(cacheDir, '.download-'))
  try {
    const options = ['--quiet', '--disable-pip-version-check', '--only-binary=:all:']
    const wanted = `${name}${extra ? `[${extra}]` : ''}==${version}`
    const [code, lines] = await runCommand('python3', ['-m', 'pip', 'install', ...options, '--target', draft, wanted])
    if (code !== 0) throw new Error(`pip could not install ${name} ${version}:\n${lines.join('\n')}`)
    renameSync(draft, folder)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
  return folder
}
