/** The figures of all rounds as one table in Markdown. */
import { readFileSync, writeFileSync } from 'node:fs'
import { summary } from './http.ts'
import { type Closed, median, type Round } from './measure.ts'

/** What was measured of one service. */
export interface Measured {
  rounds: Round[]
  /** CPU milliseconds a minute. */
  idle: number
  /** By which its tables have grown in the rounds. */
  bytesARequest: number
}

interface Row {
  title: string
  of: (rounds: Round[]) => number
  digits?: number
  /** Of which the ratio of each round is told. */
  inRound?: (round: Round) => number
}

const medianOf = (value: (round: Round) => number) => (rounds: Round[]) => median(rounds.map(value))
const pacedOf = (rounds: Round[]) => summary(rounds.flatMap(({ paced }) => paced))
const submitCpu = ({ submit }: Round) => submit.cpu
const grantCpu = ({ grant }: Round) => grant.cpu

const rows: Row[] = [
  { title: 'submit, CPU-ms', of: medianOf(submitCpu), inRound: submitCpu },
  { title: 'submits a second, 16 clients', of: medianOf(({ submit }) => submit.perSecond) },
  { title: 'submit p50, 16 clients, ms', of: medianOf(({ submit }) => submit.p50) },
  { title: "administrator's grant, CPU-ms", of: medianOf(grantCpu), inRound: grantCpu },
  { title: 'grants a second, 16 clients', of: medianOf(({ grant }) => grant.perSecond) },
  { title: 'grant p50 at 5 a second, ms', of: (rounds) => pacedOf(rounds).p50 },
  { title: 'grant p99 at 5 a second, ms', of: (rounds) => pacedOf(rounds).p99 },
  { title: 'history of a plain request, events', of: medianOf(({ history }) => history.events), digits: 0 },
  { title: 'history of a plain request, bytes', of: medianOf(({ history }) => history.bytes), digits: 0 },
]

/** Medians over the rounds, percentiles over the calls of all rounds; for CPU the ratio of each round as well. */
export function renderTable(product: Measured, bare: Measured): string {
  const ofParts = (title: string, of: (round: Round) => Closed) => {
    const told = ({ rounds }: Measured) =>
      Object.keys(rounds[0] ? of(rounds[0]).cpuOf : {})
        .map((part) => `${part} ${median(rounds.map((round) => of(round).cpuOf[part] ?? 0)).toFixed(1)}`)
        .join(', ')
    return [title, told(product), told(bare), '']
  }
  const lines = rows.map(({ title, of, digits = 1, inRound }) => {
    const ratios = inRound
      ? product.rounds.map((round, index) => inRound(round) / inRound(bare.rounds[index] as Round))
      : []
    const told = ratios.map((ratio) => ratio.toFixed(2)).join(', ')
    const ratio = inRound ? `**${median(ratios).toFixed(2)} ×** (${told})` : ''
    return [title, of(product.rounds).toFixed(digits), of(bare.rounds).toFixed(digits), ratio]
  })
  const parts = [
    ofParts('submit, CPU-ms by process', ({ submit }) => submit),
    ofParts('grant, CPU-ms by process', ({ grant }) => grant),
  ]
  const idle = ['idle, CPU-ms a minute', product.idle.toFixed(0), bare.idle.toFixed(0), '']
  const head = ['figure', 'product', 'bare', 'product / bare (each round)']
  const bytes = [
    'bytes of the tables a request, as written',
    product.bytesARequest.toFixed(0),
    bare.bytesARequest.toFixed(0),
    '',
  ]
  return [head, head.map(() => '---'), ...lines, ...parts, idle, bytes]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

/**
 * Puts `text` between the marks of a part of the page: `<!-- <part>: …` and `<!-- end of <part> -->`.
 * @throws when the page has no such part
 */
export function writeFigures(page: string, part: string, text: string): void {
  const before = readFileSync(page, 'utf8')
  const begin = new RegExp(`<!-- ${part}: .*? -->`).exec(before)
  const to = before.indexOf(`<!-- end of ${part} -->`)
  if (!begin || to < begin.index) throw new Error(`${page} has no place for the ${part}`)
  writeFileSync(page, `${before.slice(0, begin.index)}${begin[0]}\n${text}\n${before.slice(to)}`)
}
