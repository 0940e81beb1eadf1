/** The read side with more and more requests. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { watchOthers } from '../cpu.ts'
import { writeFigures } from '../table.ts'
import { type Call, callsOf } from './calls.ts'
import { measureExport } from './exports.ts'
import { readKnown } from './known.ts'
import { measureDecisions, measureViewers } from './live.ts'
import { measureCalls, readPlans } from './measure.ts'
import { type BenchOptions, sizeName } from './options.ts'
import { startFilled } from './product.ts'
import { margin, type Ratios, ratiosOf, shortMargin, worse } from './ratios.ts'
import { renderReads, type SizeFigures } from './report.ts'
import { readSizes } from './sizes.ts'

const root = join(import.meta.dirname, '..', '..')
const ratiosFile = join(import.meta.dirname, '..', 'ratios.json')

/**
 * Measures every size in turn. Tells the figures and writes them; a short run writes its ratios only, a check nothing.
 * @param atEnd hears what has to be stopped, `stopAll` stops it
 * @returns false when a call has become worse than what is committed allows
 */
export async function benchReads(
  options: BenchOptions,
  atEnd: (stop: () => Promise<unknown>) => void,
  stopAll: () => Promise<void>,
): Promise<boolean> {
  const measured: SizeFigures[] = []
  let calls: Call[] = []
  const othersSoFar = watchOthers()
  for (const size of options.sizes) {
    const { figures, asked } = await measureSize(size, options, atEnd)
    measured.push(figures)
    calls = asked
    await stopAll()
  }
  const told = `${describeRun()} Other programs used ${othersSoFar().toFixed(2)} cores meanwhile.\n\n${renderReads(measured, calls)}`
  console.log(told)
  keep(measured)
  const committed = JSON.parse(readFileSync(ratiosFile, 'utf8')) as Record<string, Ratios>
  if (options.isCheck) return compare(measured, committed, options)
  if (!options.isShort) writeFigures(join(root, 'docs', 'performance.md'), 'reads', told)
  writeRatios({ ...committed, ...ratiosByPair(measured) })
  return true
}

async function measureSize(size: number, { isShort }: BenchOptions, atEnd: (stop: () => Promise<unknown>) => void) {
  const began = performance.now()
  const say = (what: string) =>
    console.log(`${sizeName(size)}: ${what} after ${Math.round((performance.now() - began) / 1000)} s`)
  const product = await startFilled({ count: size, hasMails: !isShort, atEnd })
  say('filled')
  const known = await readKnown(product.sql, size)
  await product.sql`select pg_stat_reset()`
  const asked = callsOf(known).filter((call) => !isShort || call.isShort)
  const calls = await measureCalls(product, asked, known.administrators[0] as string)
  say('called')
  const sizes = await readSizes(product.sql, size)
  const figures: SizeFigures = { size, calls, sizes }
  if (isShort) return { figures, asked }
  const viewers = await measureViewers(product, known)
  const exports = { csv: await measureExport(product, known, 'csv'), json: await measureExport(product, known, 'json') }
  say('exported')
  const decisions = await measureDecisions(product, known)
  say('decided')
  const plans = await readPlans(product, asked, known.administrators[0] as string)
  return { figures: { ...figures, more: { exports, viewers, decisions, plans } }, asked }
}

/** Ratios of every larger size to the smallest. */
function ratiosByPair([small, ...larger]: SizeFigures[]): Record<string, Ratios> {
  if (!small) return {}
  return Object.fromEntries(
    larger.map(({ size, calls }) => [`${sizeName(size)} / ${sizeName(small.size)}`, ratiosOf(small.calls, calls)]),
  )
}

function compare(measured: SizeFigures[], committed: Record<string, Ratios>, { isShort }: BenchOptions): boolean {
  const allowed = isShort ? shortMargin : margin
  const problems = Object.entries(ratiosByPair(measured)).flatMap(([pair, now]) => {
    const large = measured.find(({ size }) => pair.startsWith(`${sizeName(size)} /`))?.calls ?? {}
    return worse(now, committed[pair] ?? {}, { large, allowed }).map((problem) => `${pair}: ${problem}`)
  })
  console.log(problems.length === 0 ? `No call is more than ${allowed} × worse than committed.` : problems.join('\n'))
  return problems.length === 0
}

function writeRatios(ratios: Record<string, Ratios>): void {
  writeFileSync(ratiosFile, `${JSON.stringify(ratios, null, 2)}\n`)
}

function describeRun(): string {
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], { cwd: root, encoding: 'utf8' }).trim()
  return `Commit ${commit}, ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, Node ${process.version}.`
}

function keep(measured: SizeFigures[]): void {
  const results = join(import.meta.dirname, '..', 'results')
  mkdirSync(results, { recursive: true })
  const when = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  writeFileSync(join(results, `reads-${when}.json`), `${JSON.stringify(measured, null, 2)}\n`)
}
