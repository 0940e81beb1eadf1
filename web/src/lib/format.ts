/** Times, durations and numbers in the words of a language. All by Intl, nothing by hand. */

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

const durationPattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/
const durationUnits = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'] as const

export interface Format {
  /** "23 Nov 2026, 10:15" */
  dateTime: (instant: string) => string
  /** "23 Nov 2026" */
  date: (instant: string) => string
  /** "3 days ago", "in 2 hours", "now" */
  relative: (instant: string, now: number) => string
  /** ISO-8601 `P30D` as "30 days" */
  duration: (iso: string) => string
  /** Milliseconds as the largest unit: "3 days" */
  span: (milliseconds: number) => string
  number: (value: number) => string
  /** Names as a sentence has them: "Ann, Ben and Cem" */
  list: (items: readonly string[]) => string
}

function withUnit(language: string, value: number, unit: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 }).format(
    value,
  )
}

export function createFormat(language: string): Format {
  const dateTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' })
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const number = new Intl.NumberFormat(language)
  const list = new Intl.ListFormat(language, { type: 'conjunction' })
  return {
    dateTime: (instant) => dateTime.format(new Date(instant)),
    date: (instant) => date.format(new Date(instant)),
    relative(instant, now) {
      const seconds = (Date.parse(instant) - now) / 1000
      const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1]
      return unit === 'second' ? relative.format(0, 'second') : relative.format(Math.trunc(seconds / size), unit)
    },
    duration(iso) {
      const parts = durationPattern.exec(iso)?.slice(1) ?? []
      const words = parts.flatMap((value, index) =>
        value ? [withUnit(language, Number(value), durationUnits[index] ?? 'day')] : [],
      )
      return words.length > 0 ? words.join(' ') : iso
    },
    span(milliseconds) {
      const seconds = milliseconds / 1000
      const [unit, size] = units.slice(2).find(([, length]) => seconds >= length) ?? ['minute', 60]
      return withUnit(language, Math.round(seconds / size), unit)
    },
    number: (value) => number.format(value),
    list: (items) => list.format(items),
  }
}
