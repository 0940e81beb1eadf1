/**
 * ISO-8601 durations (`P30D`, `PT45M`, `P1M`), as RFC 3339 appendix A writes them.
 * Years and months are calendar units, so a duration has a length only from a given instant.
 */
import { type FieldProblem, fieldProblem } from './field-errors.ts'

const pattern =
  /^P(?=.)(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?=.)(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,10})S)?)?$/

interface Parts {
  years: number
  months: number
  milliseconds: number
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Longest access that may be asked for or granted. */
export const longestAccess = 'P2Y'

function parse(duration: string): Parts | undefined {
  const match = pattern.exec(duration)
  if (!match) return undefined
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0))
  const milliseconds = (weeks * 7 + days) * day + hours * hour + minutes * minute + seconds * second
  return { years, months, milliseconds }
}

/** True for a well-formed duration, zero included. */
export function isDuration(text: string): boolean {
  return parse(text) !== undefined
}

/** Whether two well-formed durations mean the same, however they are written: P1W and P7D, P1Y and P12M. Days are of UTC: 24 hours. */
export function isSameDuration(one: string, other: string): boolean {
  const [a, b] = [parse(one), parse(other)]
  if (!a || !b) return false
  return a.years * 12 + a.months === b.years * 12 + b.months && a.milliseconds === b.milliseconds
}

/**
 * The instant `duration` after `from` (both RFC 3339 UTC); the last day of the month when the day does not exist there.
 * @throws RangeError when `duration` is not ISO-8601.
 */
export function addDuration(from: string, duration: string): string {
  const parts = parse(duration)
  if (!parts) throw new RangeError(`not an ISO-8601 duration: ${duration}`)
  const date = new Date(from)
  const dayOfMonth = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + parts.years * 12 + parts.months)
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(dayOfMonth, lastDay))
  return new Date(date.getTime() + parts.milliseconds).toISOString()
}

/** Length in milliseconds when started at `from` (RFC 3339). */
export function durationInMs(duration: string, from: string): number {
  return Date.parse(addDuration(from, duration)) - Date.parse(from)
}

/** Why a duration cannot be used for access, or nothing: it must be positive and at most two years. */
export function durationProblem(duration: string, now: string): FieldProblem | undefined {
  if (!isDuration(duration))
    return fieldProblem('invalid_format', 'must be an ISO-8601 duration such as P30D or PT8H', { format: 'duration' })
  const length = durationInMs(duration, now)
  if (length < second) return fieldProblem('duration_too_short', 'must be at least one second', { minimum: 'PT1S' })
  if (length > durationInMs(longestAccess, now))
    return fieldProblem('duration_too_long', 'must be at most two years', { maximum: longestAccess })
  return undefined
}
