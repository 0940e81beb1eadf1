/** How mails write text from people, and durations. */
import type { Language } from '../../../domain/shared/languages.ts'

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

const durationPattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/
/** One and many of each, in the order of the pattern. */
const units: Record<Language, [one: string, many: string][]> = {
  en: ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'].map((unit) => [unit, `${unit}s`]),
  de: [
    ['Jahr', 'Jahre'],
    ['Monat', 'Monate'],
    ['Woche', 'Wochen'],
    ['Tag', 'Tage'],
    ['Stunde', 'Stunden'],
    ['Minute', 'Minuten'],
    ['Sekunde', 'Sekunden'],
  ],
}
const noTime: Record<Language, string> = { en: 'no time', de: 'keine Zeit' }

/** `P30D` as "30 days", `P1DT12H` as "1 day 12 hours"; what is no ISO-8601 duration stays as it is. */
export function durationInWords(duration: string, language: Language): string {
  const match = durationPattern.exec(duration)
  if (!match) return oneLine(duration)
  const parts = units[language].flatMap(([one, many], index) => {
    const count = Number(match[index + 1] ?? 0)
    return count > 0 ? [`${count} ${count === 1 ? one : many}`] : []
  })
  return parts.length > 0 ? parts.join(' ') : noTime[language]
}
