/** Fetches schemathesis with pip, and runs it as one kind of caller. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findPythonPackage, runCommand } from '../lib/python-package.ts'
import type { Caller, Company } from './people.ts'

const version = '4.32.5'
const hooks = join(import.meta.dirname, 'hooks.py')

/** What is asked of every answer. */
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
]

/** Nothing takes longer: a call without an answer in this time hangs. */
const longestCallSeconds = 10

/**
 * The folder of schemathesis under `cacheDir`, fetched if it is not there yet.
 * @throws Error saying what pip said
 */
export const findSchemathesis = (cacheDir: string): Promise<string> =>
  findPythonPackage(cacheDir, { name: 'schemathesis', version })

export interface FuzzRun {
  base: string
  /** Of schemathesis. */
  library: string
  /** For the files of this run. */
  folder: string
  seed: number
  /** `coverage`: the cases that follow from the schema of each route; `fuzzing`: drawn; `stateful`: calls that follow on each other. */
  phases: readonly ('coverage' | 'fuzzing' | 'stateful')[]
  /** How many are drawn for each route. */
  drawn: number
}

/** What `hooks.py` counted. */
interface Told {
  calls: number
  /** Seconds. */
  slowest: number
  /** How many answers of each status. */
  answers: Record<string, number>
  /** Whether the caller's credentials still counted at the end. */
  stillLetIn: boolean
}

export interface FuzzOutcome extends Told {
  failures: number
  /** What schemathesis printed. */
  lines: string[]
}

/** Calls every route of the OpenAPI document as `caller`. */
export async function fuzzAs(
  caller: Caller,
  { passerBy, spared, ids }: Company,
  { base, library, folder, seed, phases, drawn }: FuzzRun,
): Promise<FuzzOutcome> {
  const callerFile = join(folder, `${caller.name.replaceAll(' ', '-')}.json`)
  writeFileSync(callerFile, JSON.stringify({ ...caller, base, passerBy, spared, ids }))
  const args = [
    join(library, 'bin', 'schemathesis'),
    'run',
    `${base}/api/v1/openapi.json`,
    '--no-color',
    `--checks=${checks.join(',')}`,
    `--seed=${seed}`,
    `--phases=${phases.join(',')}`,
    // Of the cases that follow from a schema there are as many as there are.
    ...(phases.includes('coverage') ? [] : [`--max-examples=${drawn}`]),
    '--generation-database=none',
    '--generation-with-security-parameters=false',
    '--suppress-health-check=all',
    '--warnings=off',
    '--continue-on-failure',
    `--request-timeout=${longestCallSeconds}`,
    // Never ends: what it does is tested in test/http and test/e2e, where its callers leave.
    '--exclude-path=/access-requests/stream',
  ]
  const env = { PYTHONPATH: library, SCHEMATHESIS_HOOKS: hooks, FUZZ_CALLER: callerFile, FUZZ_SEED: String(seed) }
  // It keeps notes where it runs.
  const [code, lines] = await runCommand('python3', args, { env, cwd: folder })
  const told = JSON.parse(readFileSync(`${callerFile}.told`, 'utf8')) as Told
  return { ...told, lines, failures: failuresIn(code, lines) + (told.stillLetIn ? 0 : 1) }
}

/** Failures that differ, as the last line counts them; errors of schemathesis itself count as one. */
function failuresIn(code: number, lines: readonly string[]): number {
  if (code === 0) return 0
  const counted = /(\d+) failures? in/.exec(lines.findLast((line) => line.includes(' in ')) ?? '')?.[1]
  return Math.max(1, Number(counted ?? 1))
}
