/** The figures of the reads as tables in Markdown. */
import type { Call, Goal } from './calls.ts'
import type { ExportFigures } from './exports.ts'
import type { FirstCounters } from './live.ts'
import type { Figures } from './measure.ts'
import { sizeName } from './options.ts'
import { type Plan, readOf } from './plans.ts'
import { type TableSize, tableOf } from './sizes.ts'

/** What was measured with one number of requests. */
export interface SizeFigures {
  size: number
  calls: Record<string, Figures>
  sizes: TableSize[]
  /** Left out of a short run. */
  more?: {
    exports: { csv: ExportFigures; json: ExportFigures }
    viewers: FirstCounters
    decisions: { p50: number; p99: number }
    plans: Record<string, Plan[]>
  }
}

/** @param measured ascending by size; goals are compared with the last */
export function renderReads(measured: SizeFigures[], calls: Pick<Call, 'name' | 'goal'>[]): string {
  const parts = [callTable(measured, calls), moreTable(measured), planTable(measured), sizeTable(measured)]
  return parts.filter((part) => part !== '').join('\n\n')
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const first = <T>(list: T[]) => list[0] as T
const last = <T>(list: T[]) => list.at(-1) as T
const ms = (value: number) => value.toFixed(value < 100 ? 1 : 0)

function callTable(measured: SizeFigures[], calls: Pick<Call, 'name' | 'goal'>[]): string {
  const [small, large] = [first(measured), last(measured)]
  const head = [
    'call',
    ...measured.map(({ size }) => `p50, ${sizeName(size)}`),
    ...[`p99, ${sizeName(large.size)}`, `${sizeName(large.size)} / ${sizeName(small.size)}`],
    ...['API, CPU-ms', 'Postgres, CPU-ms', 'kB', 'goal', ''],
  ]
  const rows = calls.map(({ name, goal }) => {
    const figures = large.calls[name]
    if (!figures) throw new Error(`${name} was not measured`)
    const before = small.calls[name]
    const hasRatio = before && before.failed + figures.failed === 0
    return [
      name,
      ...measured.map(({ calls: of }) => answered(of[name])),
      ms(figures.p99),
      hasRatio ? `${(figures.p50 / before.p50).toFixed(2)} ×` : '',
      ...[figures.apiCpu.toFixed(1), figures.postgresCpu.toFixed(1), (figures.bytes / 1000).toFixed(1)],
      goalText(goal),
      isMet(figures, goal) ? '' : 'missed',
    ]
  })
  const missed = rows.filter((row) => row.at(-1) === 'missed').length
  return `${rows.length - missed} of ${rows.length} calls reach their goal with ${sizeName(large.size)} requests; **503** is no answer in time.\n\n${table(head, rows)}`
}

const answered = (figures: Figures | undefined) => (!figures ? '' : figures.failed > 0 ? '**503**' : ms(figures.p50))
const goalText = ({ p50, p99 }: Goal) =>
  [p50 === undefined ? '' : `p50 ≤ ${p50}`, p99 === undefined ? '' : `p99 ≤ ${p99}`].filter(Boolean).join(', ')

function isMet({ p50, p99, failed }: Figures, goal: Goal): boolean {
  return failed === 0 && p50 <= (goal.p50 ?? Number.POSITIVE_INFINITY) && p99 <= (goal.p99 ?? Number.POSITIVE_INFINITY)
}

function moreTable(measured: SizeFigures[]): string {
  const full = measured.filter(({ more }) => more !== undefined)
  if (full.length === 0) return ''
  const row = (title: string, of: (more: NonNullable<SizeFigures['more']>) => string, goal: string) => [
    title,
    ...full.map(({ more }) => of(more as NonNullable<SizeFigures['more']>)),
    goal,
  ]
  const ofExport = (format: 'csv' | 'json') => [
    row(
      `export ${format}, s`,
      ({ exports }) => `${exports[format].seconds.toFixed(1)}${exports[format].isWhole ? '' : ' (broken off)'}`,
      '',
    ),
    row(`export ${format}, MB`, ({ exports }) => exports[format].megabytes.toFixed(1), ''),
    row(
      `COPY / export ${format}`,
      ({ exports }) => (exports[format].copySeconds / exports[format].seconds).toFixed(2),
      '≥ 0.35',
    ),
    row(
      `export ${format}, MB of memory above idle`,
      ({ exports }) => exports[format].memoryMegabytes?.toFixed(0) ?? '',
      '≤ 60',
    ),
  ]
  return table(
    ['', ...full.map(({ size }) => sizeName(size)), 'goal'],
    [
      ...ofExport('csv'),
      ...ofExport('json'),
      row('first counters of 200 viewers, p50, ms', ({ viewers }) => ms(viewers.p50), ''),
      row('first counters of 200 viewers, p99, ms', ({ viewers }) => ms(viewers.p99), '≤ 1000'),
      row('viewers refused, or without any after a minute', ({ viewers }) => String(viewers.without), '0'),
      row('decision to counters, p50, ms', ({ decisions }) => ms(decisions.p50), ''),
      row('decision to counters, p99, ms', ({ decisions }) => ms(decisions.p99), '≤ 300'),
    ],
  )
}

/** Of the largest size: the rows that each call reads, and by which indexes. */
function planTable(measured: SizeFigures[]): string {
  const { size, more } = last(measured)
  if (!more) return ''
  const rows = Object.entries(more.plans).map(([name, plans]) => {
    const { rows: read, by } = readOf(plans)
    return [name, String(read), by.join(', ')]
  })
  return table([`call, with ${sizeName(size)} requests`, 'rows read', 'by'], rows)
}

/** Of the largest size; how often an index was used by all calls together. */
function sizeTable(measured: SizeFigures[]): string {
  const { size, sizes } = last(measured)
  const total = (of: TableSize[]) => of.reduce((sum, { bytesARequest }) => sum + bytesARequest, 0).toFixed(0)
  const rows = sizes.map((one) => {
    const isTable = one.of === 'heap'
    const whole = isTable ? total(sizes.filter((other) => tableOf(other) === one.name)) : ''
    return [
      isTable ? `**${one.name}**` : one.name,
      one.bytesARequest.toFixed(0),
      whole,
      one.scans === null ? '' : String(one.scans),
    ]
  })
  const sum = ['**all**', '', total(sizes), '']
  const head = [`with ${sizeName(size)} requests`, 'bytes a request', 'with indexes', 'uses in this run']
  return table(head, [...rows, sum])
}
