/**
 * `npm run faults`: requests are submitted and each is decided by two administrators at once, while one part after the
 * other is killed. Afterwards what the clients were told is compared with everything that the service has kept.
 * Starts a service of its own; nothing leaves this machine. The last line is the figure; exit 1 when it is not all zeros.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endWithNpm } from '../lib/parent.mjs'
import { planRequests, work } from './clients.ts'
import { buildCompany } from './company.ts'
import { compare } from './compare.ts'
import { gatherFacts } from './facts.ts'
import { type Entry, isDone } from './ledger.ts'
import { type Options, readOptions } from './options.ts'
import { createRandom, type Random } from './random.ts'
import { measureRecovery } from './recovery.ts'
import { repeatsIn } from './repeats.ts'
import { lastLine, printFindings, printRecovery, printRequests, printSummary } from './report.ts'
import { createService, type Service } from './service.ts'
import { comeToRest } from './settle.ts'
import { type Kill, startStorm } from './storm.ts'
import { createTarget, type Target } from './target-process.ts'

const lanes = 16
const cutShare = 0.03
const longestRunMs = 40 * 60_000
const restWithinMs = 4 * 60_000
const progressEveryMs = 10_000

interface Run {
  options: Options
  random: Random
  folder: string
  service: Service
  target: Target
  secret: string
  end: AbortSignal
  /** Filled as the run goes on. */
  entries: Entry[]
  kills: Kill[]
}

const deliveriesOf = ({ folder }: Run) => join(folder, 'deliveries.jsonl')

async function prepareCompany({ options, service, target, secret }: Run) {
  console.log(`${options.requests} requests, seed ${options.seed}, kills of ${options.parts.join(', ') || 'nothing'}`)
  await target.start()
  await service.start()
  const requesters = Math.min(lanes, options.requests)
  const flows = Math.ceil(options.requests / requesters)
  return buildCompany({ base: service.base, requesters, flows, target: { url: target.url, secret } })
}

/** Decides everything while the storm lasts. @throws the reason of `end` */
async function weatherTheStorm(run: Run, company: Awaited<ReturnType<typeof prepareCompany>>['company']) {
  const { options, random, service, target, end, entries, kills } = run
  entries.push(...planRequests({ company, random }, options.requests))
  const kill = (part: Kill['part']) => (part === 'target' ? target.kill() : service.kill(part))
  const storm = startStorm({ ...options, random: createRandom(options.seed + 1), kill, kills })
  const began = Date.now()
  const progress = setInterval(() => {
    const seconds = Math.round((Date.now() - began) / 1000)
    console.log(`${String(seconds).padStart(6)} s  ${entries.filter(isDone).length} decided, ${kills.length} kills`)
  }, progressEveryMs)
  try {
    await work(entries, { company, random, end, cutShare })
  } finally {
    clearInterval(progress)
    await storm.stop()
    await target.wake()
  }
  console.log(`decided after ${Math.round((Date.now() - began) / 1000)} s`)
}

async function carryOut(run: Run) {
  const { service, entries, kills, random, end } = run
  const { company, connectorId } = await prepareCompany(run)
  await weatherTheStorm(run, company)
  const rest = await comeToRest(service, restWithinMs)
  console.log(`at rest after ${rest.seconds} s${rest.left.length > 0 ? `, but for ${rest.left.join(', ')}` : ''}`)
  const admin = company.administrators[0].session
  const facts = await gatherFacts({ service, entries, admin, deliveries: deliveriesOf(run) })
  const repeats = repeatsIn(facts, kills)
  const findings = compare(entries, facts, repeats)
  printSummary({ entries, kills, facts, repeats })
  printRecovery(await measureRecovery({ service, admin, connectorId, random, end }))
  printFindings(findings, { entries, kills })
  return findings
}

async function createRun(options: Options, end: AbortController): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-faults-'))
  const random = createRandom(options.seed)
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  const common = { options, random, folder, secret, end: end.signal, entries: [], kills: [] }
  const target = await createTarget({ ledger: join(folder, 'deliveries.jsonl'), secret, random })
  const onGone = (lines: string[]) => end.abort(new Error(`The service has ended:\n${lines.join('\n')}`))
  return { ...common, target, service: await createService(folder, onGone) }
}

/** @returns the last line, and whether it is all zeros */
async function finish(run: Run): Promise<{ line: string; isSound: boolean }> {
  const { options, entries, kills, end } = run
  try {
    const findings = await carryOut(run)
    return {
      line: lastLine({ requests: options.requests, kills: kills.length, findings }),
      isSound: findings.length === 0,
    }
  } catch (error) {
    const { message } = (end.aborted ? end.reason : error) as Error
    console.log(`\n${message}`)
    printRequests(
      entries.filter((entry) => entry.attempts.length > 0 && !isDone(entry)),
      kills,
    )
    const done = entries.filter(isDone).length
    return { line: `${done} of ${options.requests} requests, ${kills.length} kills: not finished`, isSound: false }
  }
}

async function main(): Promise<number> {
  endWithNpm()
  const end = new AbortController()
  const run = await createRun(readOptions(process.env), end)
  const stop = (why: string) => end.abort(new Error(why))
  const timer = setTimeout(() => stop('The run took longer than 40 minutes.'), longestRunMs)
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => {
      stop('Stopped.')
      void run.service.stop()
    })
  const { line, isSound } = await finish(run)
  clearTimeout(timer)
  await run.service.stop()
  run.target.stop()
  if (isSound) rmSync(run.folder, { recursive: true, force: true })
  else {
    writeFileSync(join(run.folder, 'ledger.json'), JSON.stringify({ entries: run.entries, kills: run.kills }, null, 2))
    console.log(`\nKept: the data folder ${run.service.dataDir}, and beside it what clients and target were told`)
  }
  console.log(line)
  return isSound ? 0 : 1
}

process.exitCode = await main()
