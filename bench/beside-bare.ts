/**
 * The whole product beside a bare Temporal service that does the same job, in turn in the same run.
 * Both are started here, on free ports and with data of their own that are removed afterwards.
 * BENCH_COUNT sets the submits of a round (default 150); only a run with the default writes docs/performance.md.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { findTemporalCli } from '../src/local/temporal-binary.ts'
import { startBare } from './bare/service.ts'
import { watchOthers } from './cpu.ts'
import { type Load, measureIdle, measureRound, type Round } from './measure.ts'
import { startProduct } from './product.ts'
import type { Place, Service } from './service.ts'
import { type Measured, renderTable, writeFigures } from './table.ts'

const root = join(import.meta.dirname, '..')
const usualCount = 150
const count = Number(process.env['BENCH_COUNT'] ?? usualCount)
const rounds = 6
const load: Load = { count, paced: Math.min(count, 50) }
const warmUp: Load = { count: Math.min(count, 100), paced: 5 }

/** Measures both and writes the table. @param atEnd hears what has to be stopped at the end, the last first */
export async function benchBesideBare(atEnd: Place['atEnd']): Promise<void> {
  const [product, bare] = await startBoth(atEnd)
  // Code that has run often enough is compiled: the first round is not counted.
  await measureRound([product, bare], warmUp)
  const measured: Record<Service['name'], Measured> = {
    product: { idle: await measureIdle(product), rounds: [], bytesARequest: 0 },
    bare: { idle: await measureIdle(bare), rounds: [], bytesARequest: 0 },
  }
  const bytesBefore = { product: await product.storedBytes(), bare: await bare.storedBytes() }
  const othersSoFar = watchOthers()
  for (let round = 1; round <= rounds; round++) {
    const [ofProduct, ofBare] = (await measureRound([product, bare], load)) as [Round, Round]
    measured.product.rounds.push(ofProduct)
    measured.bare.rounds.push(ofBare)
    console.log(`round ${round} of ${rounds} done`)
  }
  for (const service of [product, bare])
    measured[service.name].bytesARequest =
      ((await service.storedBytes()) - bytesBefore[service.name]) / (rounds * (load.count + load.paced))
  report(measured, othersSoFar())
}

async function startBoth(atEnd: Place['atEnd']): Promise<[Service, Service]> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'))
  // Postgres may run as another user, who has to pass through.
  chmodSync(folder, 0o711)
  atEnd(async () => rmSync(folder, { recursive: true, force: true }))
  const cli = await findTemporalCli({ binDir: join(root, '.data', 'bin'), report: console.log })
  const placeFor = (name: string): Place => {
    const place = join(folder, name)
    mkdirSync(place, { mode: 0o711 })
    return { folder: place, cli, atEnd }
  }
  const requests = warmUp.count + warmUp.paced + rounds * (load.count + load.paced)
  return [await startProduct(placeFor('product'), requests), await startBare(placeFor('bare'))]
}

function report({ product, bare }: Record<Service['name'], Measured>, others: number): void {
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], { cwd: root, encoding: 'utf8' }).trim()
  const table = renderTable(product, bare)
  console.log(`\n${table}\n\nOther programs used ${others.toFixed(2)} cores meanwhile.`)
  const results = join(import.meta.dirname, 'results')
  mkdirSync(results, { recursive: true })
  const when = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  const machine = { cores: cpus().length, node: process.version }
  writeFileSync(
    join(results, `${when}.json`),
    `${JSON.stringify({ commit, machine, load, others, product, bare }, null, 2)}\n`,
  )
  if (count !== usualCount) return
  const told =
    `Commit ${commit}, ${when.slice(0, 10)}, ${machine.cores} cores, Node ${machine.node}.` +
    ` Other programs used ${others.toFixed(2)} cores meanwhile.`
  writeFigures(join(root, 'docs', 'performance.md'), 'figures', `${told}\n\n${table}`)
}
