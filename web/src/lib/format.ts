/** Times, durations and numbers in the words of a language. All by Intl, nothing by hand. */

const daySeconds = 86_400

/** Units by length. "Next month" and "last year" say little: such spans are told in days and months. */
const units: { unit: 'year' | 'month' | 'day' | 'hour' | 'minute'; seconds: number; from: number }[] = [
  { unit: 'year', seconds: 365 * daySeconds, from: 2 * 365 * daySeconds },
  { unit: 'month', seconds: 30 * daySeconds, from: 46 * daySeconds },
  { unit: 'day', seconds: daySeconds, from: daySeconds },
  { unit: 'hour', seconds: 3_600, from: 3_600 },
  { unit: 'minute', seconds: 60, from: 60 },
]

const durationPattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/
const durationUnits = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'] as const

export interface Format {
  /** "23 Nov 2026, 10:15" */
  dateTime: (instant: string) => string
  /** "23 Nov 2026, 10:15:07", where the order of events matters */
  exact: (instant: string) => string
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

/** By the calendar where the reader is: what is two midnights away is not "tomorrow". */
function daysBetween(from: number, to: number): number {
  const midnight = (moment: number) => new Date(moment).setHours(0, 0, 0, 0)
  return Math.round((midnight(to) - midnight(from)) / (daySeconds * 1000))
}

/** @param timeZone IANA name; that of the browser when left out */
export function createFormat(language: string, timeZone?: string): Format {
  const dateTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const exact = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', timeZone })
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone })
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const number = new Intl.NumberFormat(language)
  const list = new Intl.ListFormat(language, { type: 'conjunction' })
  return {
    dateTime: (instant) => dateTime.format(new Date(instant)),
    exact: (instant) => exact.format(new Date(instant)),
    date: (instant) => date.format(new Date(instant)),
    relative(instant, now) {
      const seconds = (Date.parse(instant) - now) / 1000
      const size = units.find(({ from }) => Math.abs(seconds) >= from)
      if (!size) return relative.format(0, 'second')
      if (size.unit === 'day') return relative.format(daysBetween(now, Date.parse(instant)), 'day')
      const count = seconds / size.seconds
      return relative.format(size.unit === 'month' ? Math.round(count) : Math.trunc(count), size.unit)
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
      const size = units.slice(2).find(({ from }) => seconds >= from) ?? { unit: 'minute', seconds: 60 }
      return withUnit(language, Math.round(seconds / size.seconds), size.unit)
    },
    number: (value) => number.format(value),
    list: (items) => list.format(items),
  }
}
