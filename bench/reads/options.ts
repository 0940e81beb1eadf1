/** What `npm run bench` is told. */
import { parseArgs } from 'node:util'
import { mostRequests } from './fill.ts'

export interface BenchOptions {
  isReadsOnly: boolean
  /** Compares with the committed ratios, and writes nothing. */
  isCheck: boolean
  /** A few calls only. */
  isShort: boolean
  /** Numbers of requests, ascending; the first one is what others are compared with. */
  sizes: number[]
}

/** @throws Error naming what is not understood */
export function readOptions(args: string[]): BenchOptions {
  const flag = { type: 'boolean', default: false } as const
  const { values } = parseArgs({ args, options: { reads: flag, check: flag, short: flag, sizes: { type: 'string' } } })
  const isShort = values.short
  const usual = isShort ? [10_000, 50_000] : [10_000, 100_000, 1_000_000]
  const sizes = values.sizes === undefined ? usual : values.sizes.split(',').map(sizeOf)
  return {
    isReadsOnly: values.reads || values.check || isShort,
    isCheck: values.check,
    isShort,
    sizes: sizes.sort((a, b) => a - b),
  }
}

/** `10k`, `1m` or `10000`. @throws Error for anything else, and for more than the bench fills */
export function sizeOf(text: string): number {
  const [, digits, unit = ''] = /^(\d+)([km]?)$/i.exec(text.trim()) ?? []
  const size = Number(digits) * ({ k: 1000, m: 1_000_000 }[unit.toLowerCase()] ?? 1)
  if (!digits || size < 1000 || size > mostRequests) throw new Error(`${text} is no number of requests from 1k to 1m`)
  return size
}

/** `10 k`, `1 M`. */
export function sizeName(size: number): string {
  return size >= 1_000_000 ? `${size / 1_000_000} M` : `${size / 1000} k`
}
