/** Fuzzes a service that was started for it, as each kind of caller. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createService, firstAdministrator } from '../faults/service.ts'
import { buildCompany, type Caller, type Company } from './people.ts'
import { type FuzzOutcome, type FuzzRun, findSchemathesis, fuzzAs } from './schemathesis.ts'
import { startTarget } from './target.ts'

const cacheDir = join(import.meta.dirname, '..', '..', '.data-test', 'python')
/** For each route in each round after the first; and in place of the first, when it is brief. */
const drawn = { usually: 100, briefly: 8 }

export interface FuzzOptions {
  /** Rounds with new seeds go on until there have been so many. The first holds every case that follows from a schema. */
  inputs: number
  /** The same seed draws the same inputs. */
  seed: number
  /** Only the administrator, who gets furthest, sends every case that follows from a schema; the others what is drawn. */
  isBrief?: boolean
  report: (text: string) => void
}

/** @returns how many inputs there were, and how many failures that differ */
export async function fuzz(options: FuzzOptions): Promise<{ inputs: number; failures: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-fuzz-'))
  const library = await findSchemathesis(cacheDir)
  const target = await startTarget()
  const service = await createService(folder, (lines) => options.report(lines.join('\n')))
  try {
    await service.start()
    const company = await buildCompany({ base: service.base, first: firstAdministrator, target: target.url })
    const run = {
      base: service.base,
      library,
      folder,
      drawn: drawn.usually,
      seed: options.seed,
      phases: ['coverage'],
    } as const
    return await rounds(company, run, options)
  } finally {
    await service.stop()
    target.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function rounds(company: Company, first: FuzzRun, { inputs: wanted, isBrief = false, report }: FuzzOptions) {
  let [inputs, failures] = [0, 0]
  for (let run = first; inputs < wanted; run = { ...run, phases: ['fuzzing', 'stateful'], seed: run.seed + 1 }) {
    for (const caller of company.callers) {
      const isDrawn = isBrief && caller.name !== 'administrator'
      const briefly: FuzzRun = { ...run, phases: ['fuzzing'], drawn: drawn.briefly }
      const outcome = await fuzzAs(caller, company, isDrawn ? briefly : run)
      inputs += outcome.calls
      failures += outcome.failures
      report(describe(caller, run, outcome))
    }
  }
  return { inputs, failures }
}

/** One line, after what schemathesis has said about failures. */
function describe({ name }: Caller, { seed }: FuzzRun, outcome: FuzzOutcome): string {
  const { calls, slowest, answers, stillLetIn, failures, lines } = outcome
  const counts = Object.entries(answers).map(([status, count]) => `${count} × ${status}`)
  const line = `${name}, seed ${seed}: ${calls} inputs, slowest ${slowest.toFixed(1)} s; ${counts.join(', ')}`
  const ended = stillLetIn ? [] : [`The credentials of ${name} ended on the way.`]
  return [...(failures > 0 ? lines : []), ...ended, line].join('\n')
}
