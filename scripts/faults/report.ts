/** Prints what a run has met and found. */
import { summary } from '../../bench/http.ts'
import type { Attempt } from './caller.ts'
import type { FindingKind } from './checks.ts'
import type { Finding } from './compare.ts'
import type { Facts } from './facts.ts'
import type { Entry } from './ledger.ts'
import type { Recovery } from './recovery.ts'
import type { Repeats } from './repeats.ts'
import type { Kill } from './storm.ts'

const shownFindings = 50
const shownRequests = 20
/** Kills this long before a request's last try may have to do with it. */
const isNearMs = 5000

function count<T>(list: readonly T[], of: (one: T) => string): [string, number][] {
  const counts = new Map<string, number>()
  for (const one of list) counts.set(of(one), (counts.get(of(one)) ?? 0) + 1)
  return [...counts].sort(([, some], [, others]) => others - some)
}

const listed = (counts: [string, number][]) => counts.map(([name, number]) => `${name} ${number}`).join(' · ')

function attemptsOf(entries: readonly Entry[]): Attempt[] {
  return entries.flatMap(({ attempts, sides }) => [...attempts, ...sides.flatMap((side) => side.attempts)])
}

/** Median, 95th of a hundred and longest. */
function secondsOf(times: readonly number[]): string {
  if (times.length === 0) return 'nothing'
  const { p50, p95 } = summary([...times])
  const longest = times.reduce((most, one) => Math.max(most, one))
  return `p50 ${p50} s, p95 ${p95} s, longest ${longest.toFixed(1)} s`
}

export interface Met {
  entries: readonly Entry[]
  kills: readonly Kill[]
  facts: Facts
  repeats: Repeats
}

/** What happened, whether or not anything is wrong. */
export function printSummary({ entries, kills, facts, repeats }: Met): void {
  const attempts = attemptsOf(entries)
  const waits = [...facts.mails.values()].flat().flatMap(({ waited }) => waited ?? [])
  const delays = [...facts.grants.values()].flat().flatMap(({ endedLate }) => endedLate ?? [])
  const { target, copies, rows } = facts
  const mails = `${copies.size} arrived; repeated: ${repeats.all}, of them about outcomes ${repeats.outcomes}`
  printRow('kills', listed(count(kills, ({ part }) => part)) || 'none')
  printRow('answers', listed(count(attempts, ({ said }) => said)))
  printRow('calls took', secondsOf(attempts.flatMap(({ ms, said }) => (/^\d/.test(said) ? ms / 1000 : []))))
  printRow('requests', listed(count([...rows.values()], ({ status }) => status)))
  printRow('webhooks', `${target.deliveries} taken, ${target.repeated} of them repeated under the same id`)
  printRow('mails', `${mails}, with ${repeats.excuses} kills of worker or mail server`)
  printRow('mails waited', secondsOf(waits))
  printRow('ended late', secondsOf(delays))
}

function printRow(name: string, words: string): void {
  console.log(`${name.padEnd(14)} ${words}`)
}

export function printRecovery(recoveries: readonly Recovery[]): void {
  for (const { killed, seconds } of recoveries) {
    const words = seconds === null ? 'not within its time' : `${seconds.toFixed(1)} s`
    printRow('back after', `${killed.padEnd(10)} ${words}`)
  }
}

/** Every finding, and for the first requests concerned what each side said. */
export function printFindings(findings: readonly Finding[], { entries, kills }: Pick<Met, 'entries' | 'kills'>): void {
  for (const { kind, number, text } of findings.slice(0, shownFindings))
    console.log(`${kind === 'both' ? 'told both ways' : kind}: ${number === null ? '' : `request ${number} `}${text}`)
  if (findings.length > shownFindings) console.log(`and ${findings.length - shownFindings} more`)
  const concerned = new Set(findings.flatMap(({ number }) => number ?? []))
  printRequests(
    entries.filter(({ number }) => concerned.has(number)),
    kills,
  )
}

/** What each side said, with the kills around it, for at most twenty requests. */
export function printRequests(entries: readonly Entry[], kills: readonly Kill[]): void {
  for (const entry of entries.slice(0, shownRequests)) printRequest(entry, kills)
}

/** What one side tried; the same failure many times over is one line. */
function linesOf(side: string, attempts: readonly Attempt[]): [number, string][] {
  return attempts.flatMap(({ at, ms, said }, index): [number, string][] => {
    if (attempts[index - 1]?.said === said) return []
    const others = attempts.slice(index)
    const times = others.findIndex((other) => other.said !== said)
    const repeated = times === -1 ? others.length : times
    return [[at, `${side}: ${said} (${repeated > 1 ? `${repeated} times` : `${ms} ms`})`]]
  })
}

function printRequest({ number, flow, ids, attempts, sides }: Entry, kills: readonly Kill[]): void {
  const all = [...attempts, ...sides.flatMap((side) => side.attempts)]
  const began = Math.min(...all.map(({ at }) => at))
  const ended = Math.max(...all.map(({ at, ms }) => at + ms))
  const around = kills.filter(({ at }) => at > began - isNearMs && at < ended + isNearMs)
  const lines = [
    ...linesOf('submit', attempts),
    ...sides.flatMap((side) => linesOf(side.decision, side.attempts)),
    ...around.map(({ part, at }): [number, string] => [at, `SIGKILL ${part}`]),
  ]
  console.log(`\nrequest ${number} (${flow.kind}, ${ids.join(', ') || 'no id'}), from ${new Date(began).toISOString()}`)
  for (const [at, words] of lines.sort(([one], [other]) => one - other))
    console.log(`  ${((at - began) / 1000).toFixed(3).padStart(8)} s  ${words}`)
}

/** The last line, the figure of the run. */
export function lastLine({
  requests,
  kills,
  findings,
}: {
  requests: number
  kills: number
  findings: Finding[]
}): string {
  const of = (kind: FindingKind) => findings.filter((one) => one.kind === kind).length
  return `${requests} requests, ${kills} kills: ${of('lost')} lost, ${of('both')} told both ways, ${of('difference')} differences`
}
