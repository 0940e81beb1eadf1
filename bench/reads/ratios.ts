/** How much slower each call becomes with more requests, and whether that is worse than what is committed. */
import type { Figures } from './measure.ts'

/**
 * By the name of the call: the fastest answer at the larger size divided by that at the smaller one; null when it is not
 * answered. The fastest, because it depends least on what else the machine does.
 */
export type Ratios = Record<string, number | null>

/** A ratio may be so much larger than the committed one: the figures of one run differ from those of another. */
export const margin = 1.5
/** Of the short run, whose calls are quick and which runs beside other checks. */
export const shortMargin = 2.5
/** Milliseconds below which a call is quick enough whatever its ratio. */
const alwaysQuick = 8

type Measured = Record<string, Pick<Figures, 'fastest' | 'failed'>>

/** Calls that are not in both are left out. */
export function ratiosOf(small: Measured, large: Measured): Ratios {
  return Object.fromEntries(
    Object.entries(large).flatMap(([name, { fastest, failed }]) => {
      const before = small[name]
      if (!before || before.failed > 0) return []
      return [[name, failed > 0 ? null : round(fastest / Math.max(before.fastest, 0.1))]]
    }),
  )
}

const round = (value: number) => Math.round(value * 100) / 100

/** One sentence for each call that has become worse; calls that have no committed ratio must stay below `allowed`. */
export function worse(
  now: Ratios,
  committed: Ratios,
  { large, allowed }: { large: Measured; allowed: number },
): string[] {
  return Object.entries(now).flatMap(([name, ratio]) => {
    const before = committed[name] === undefined ? 1 : committed[name]
    if (before === null) return []
    if (ratio === null) return [`${name}: is not answered any more`]
    const most = round(Math.max(before, 1) * allowed)
    const isQuick = (large[name]?.fastest ?? 0) <= alwaysQuick
    return ratio > most && !isQuick ? [`${name}: ${ratio} × as slow, at most ${most} ×`] : []
  })
}
