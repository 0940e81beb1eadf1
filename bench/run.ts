/**
 * `npm run bench`: the whole product beside a bare Temporal service, then its reads with 10,000 to 1,000,000 requests.
 * Everything is started here, on free ports and with data of its own that are removed afterwards.
 * `--reads` only the reads · `--sizes=10k,1m` with so many requests · `--check` compares them with what is committed and
 * writes nothing · `--short` a few calls at 10,000 and 50,000, which write no table. BENCH_COUNT sets the submits of a round beside the bare one.
 */
import { prepare } from '../scripts/lib/prepare.mjs'
import { benchBesideBare } from './beside-bare.ts'
import { readOptions } from './reads/options.ts'
import { benchReads } from './reads/reads.ts'

const stops: (() => Promise<unknown>)[] = []
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(130))
process.once('uncaughtException', (error) => {
  console.error(error)
  void end(1)
})

const options = readOptions(process.argv.slice(2))
// What is measured is what is in the checkout.
await prepare()
const atEnd = (stop: () => Promise<unknown>) => void stops.push(stop)
if (!options.isReadsOnly) await benchBesideBare(atEnd)
await stopAll()
const isSound = await benchReads(options, atEnd, stopAll)
await end(isSound ? 0 : 1)

async function stopAll(): Promise<void> {
  for (const stop of stops.splice(0).reverse()) await stop().catch((error: unknown) => console.error(error))
}

async function end(exitCode: number): Promise<void> {
  await stopAll()
  process.exit(exitCode)
}
