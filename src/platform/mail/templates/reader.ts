/** Whom a mail speaks to: their language and time zone, and what the service is called where they work. */
import type { Language } from '../../../domain/shared/languages.ts'
import { durationInWords } from './words.ts'

/** The same words in every language. */
export type Texts = Record<Language, string>

export interface ReaderSettings {
  language: Language
  /** IANA name, such as `Europe/Berlin`. */
  timeZone: string
  /** What the service is called: the company's name for it, or its own. */
  product: string
}

export interface Reader extends ReaderSettings {
  /** That of the texts which is in the reader's language. */
  say<Text>(texts: Record<Language, Text>): Text
  /** `2026-11-23T09:15:00Z` as "23 November 2026". */
  day(instant: string): string
  /** `2026-11-23T09:15:00Z` as "23 November 2026, 10:15 CET". */
  time(instant: string): string
  /** `P30D` as "30 days", null as "no end date". */
  duration(duration: string | null): string
}

const locales: Record<Language, string> = { en: 'en-GB', de: 'de-DE' }
const noEnd: Texts = { en: 'no end date', de: 'ohne Enddatum' }

/** Made once for each language and zone: making one takes longer than writing a mail. */
const formats = new Map<string, Record<'day' | 'time', Intl.DateTimeFormat>>()

function formatsOf({ language, timeZone }: Pick<ReaderSettings, 'language' | 'timeZone'>) {
  const key = `${language} ${timeZone}`
  const locale = locales[language]
  const made = formats.get(key) ?? {
    day: new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'long', year: 'numeric' }),
    time: new Intl.DateTimeFormat(locale, {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    }),
  }
  formats.set(key, made)
  return made
}

/** @throws RangeError for a time zone that is none */
export function readerOf(settings: ReaderSettings): Reader {
  const { day, time } = formatsOf(settings)
  const { language } = settings
  const inWords = (instant: string) => day.format(new Date(instant))
  return {
    ...settings,
    say: (texts) => texts[language],
    day: inWords,
    time: (instant) => `${inWords(instant)}, ${time.format(new Date(instant))}`,
    duration: (duration) => (duration === null ? noEnd[language] : durationInWords(duration, language)),
  }
}
