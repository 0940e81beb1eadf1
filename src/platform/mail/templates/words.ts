/** How mails write text from people, times and durations. */

const controls = /[\p{Cc}\u2028\u2029]+/gu
/** What makes text look different from what it is: embeddings, overrides and isolates, and characters without width. */
const deceivers = /[\u00ad\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff]/gu
const loneSurrogates = /\p{Surrogate}/gu
const longestSubject = 120

/** Text from a person on one line, without anything that acts on a reader or a header. */
export function oneLine(text: string): string {
  return text
    .replace(controls, ' ')
    .replace(deceivers, '')
    .replace(loneSurrogates, '\ufffd')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Text from a person, line by line, as they broke it. Blank lines at either end go. */
export function lines(text: string): string[] {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd()
    .split('\n')
    .map((line) =>
      line.replaceAll('\t', '    ').replace(controls, '').replace(deceivers, '').replace(loneSurrogates, '\ufffd'),
    )
}

/** One header line of at most 120 characters. */
export function subjectLine(text: string): string {
  const characters = Array.from(oneLine(text))
  if (characters.length <= longestSubject) return characters.join('')
  return `${characters
    .slice(0, longestSubject - 1)
    .join('')
    .trimEnd()}…`
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** `2026-11-23T09:15:00Z` as "23 November 2026". */
export function dayInWords(instant: string): string {
  const date = new Date(instant)
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

/** `2026-11-23T09:15:00Z` as "23 November 2026, 09:15 UTC". */
export function timeInWords(instant: string): string {
  return `${dayInWords(instant)}, ${new Date(instant).toISOString().slice(11, 16)} UTC`
}

const durationPattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/
const units = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second']

/** `P30D` as "30 days", `P1DT12H` as "1 day 12 hours"; what is no ISO-8601 duration stays as it is. */
export function durationInWords(duration: string): string {
  const match = durationPattern.exec(duration)
  if (!match) return oneLine(duration)
  const parts = units.flatMap((unit, index) => {
    const count = Number(match[index + 1] ?? 0)
    return count > 0 ? [`${count} ${unit}${count === 1 ? '' : 's'}`] : []
  })
  return parts.length > 0 ? parts.join(' ') : 'no time'
}
