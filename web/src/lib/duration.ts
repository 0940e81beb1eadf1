/** ISO-8601 durations, as far as forms need them. */
const pattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/
const secondsOf = [365 * 86_400, 30 * 86_400, 7 * 86_400, 86_400, 3_600, 60, 1]

export const presetDurations = ['P5D', 'P10D', 'P30D', 'P60D', 'P90D'] as const
export const durationUnits = ['minutes', 'hours', 'days'] as const
export type DurationUnit = (typeof durationUnits)[number]

/** About how long, to compare two durations; months count 30 days. Not a number when it is none. */
export function roughSeconds(iso: string): number {
  const parts = pattern.exec(iso)?.slice(1)
  if (!parts) return Number.NaN
  return parts.reduce((sum, part, index) => sum + Number(part ?? 0) * (secondsOf[index] ?? 0), 0)
}

/** The unit in which a duration is said most simply. */
export function unitOf(iso: string | undefined): DurationUnit {
  const seconds = roughSeconds(iso ?? '')
  if (!(seconds < 86_400)) return 'days'
  return seconds % 3_600 === 0 ? 'hours' : 'minutes'
}

/** `PT3H` as `3` and `hours`: what `toDuration` has made of them. */
export function partsOf(iso: string): { amount: string; unit: DurationUnit } | undefined {
  const [, days, hours, minutes] = /^P(?:(\d+)D|T(\d+)H|T(\d+)M)$/.exec(iso) ?? []
  if (days) return { amount: days, unit: 'days' }
  if (hours) return { amount: hours, unit: 'hours' }
  return minutes ? { amount: minutes, unit: 'minutes' } : undefined
}

/** `3` and `hours` as `PT3H`; empty when the amount is no positive whole number. */
export function toDuration(amount: string, unit: DurationUnit): string {
  if (!/^[1-9]\d{0,5}$/.test(amount.trim())) return ''
  const templates: Record<DurationUnit, string> = {
    minutes: `PT${amount}M`,
    hours: `PT${amount}H`,
    days: `P${amount}D`,
  }
  return templates[unit]
}
