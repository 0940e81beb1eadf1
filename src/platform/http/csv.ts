/** CSV as people open it in a spreadsheet, or as programs read it. */
import { stringify } from 'csv-stringify/sync'
import { z } from 'zod'
import { fieldProblem } from '../../domain/shared/field-errors.ts'
import { rule } from './validation-messages.ts'

const languages = ['en', 'de'] as const

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
const unknownZone = fieldProblem('invalid_format', 'must be a time zone such as Europe/Berlin or UTC', {
  format: 'time_zone',
})

/** Parameters of every export that concern its CSV. */
export const csvStyle = {
  columns: z.enum(['words', 'code']).default('words').meta({
    description:
      'CSV only. words: for spreadsheets, with a byte-order mark, headers in words and times such as 2026-11-27 14:03:00. code: for programs, without the mark, with the names of the fields and times in RFC 3339',
  }),
  language: z.enum(languages).default('en').meta({ description: 'CSV only: of the headers in words' }),
  timeZone: z
    .string()
    .max(64)
    .default('UTC')
    .superRefine(rule((name) => (isTimeZone(name) ? undefined : unknownZone)))
    .meta({ description: 'CSV only: of the times beside headers in words, which name it' }),
}

export interface CsvStyle {
  columns: 'words' | 'code'
  language: (typeof languages)[number]
  /** IANA name. */
  timeZone: string
}

export interface CsvColumn {
  /** The field of a row, which is its name for programs. */
  code: string
  words: Record<CsvStyle['language'], string>
  /** It holds moments, RFC 3339 UTC. */
  isMoment?: boolean
}

/** `2026-11-27 14:03:00` in a time zone: spreadsheets know that for a time. */
function clockOf(timeZone: string): (at: Date | string) => string {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return (at) => clock.format(new Date(at))
}

/** The name of a file of today: what it holds, and the day in the reader's time zone. */
export function csvName(parts: readonly string[], { timeZone }: Pick<CsvStyle, 'timeZone'>): string {
  return `${[...parts, clockOf(timeZone)(new Date()).slice(0, 10)].join('-')}.csv`
}

/** A formula behind blanks and signs that show nothing, which some spreadsheets take away. */
const hiddenFormula = /^[\p{Zs}\p{Cf}\p{Default_Ignorable_Code_Point}]+[=+\-@\uff1d\uff0b\uff0d\uff20]/u

/**
 * A formula behind what separates cells or lines elsewhere. Quotes keep a cell together only where it begins with them, and
 * read by another separator it does not: what stands behind a semicolon, a tab or a line break is a cell of its own then.
 */
const innerFormula =
  /([;\t\n\v\f\r\u0085\u2028\u2029])(?=['"\p{Zs}\p{Cf}\p{Default_Ignorable_Code_Point}]*[=+\-@\uff1d\uff0b\uff0d\uff20])/gu

const options = {
  // A cell that begins like a formula would run in the reader's spreadsheet.
  escape_formulas: true,
  record_delimiter: '\r\n' as const,
  // A line break of any kind ends the record for many readers, and what follows it would be a cell of its own.
  quote_record_delimiter: true,
  // For readers that take several signs for separators.
  quoted_match: /[;\t]/,
  cast: {
    boolean: (value: boolean) => String(value),
    date: (value: Date) => value.toISOString(),
    string: (text: string) => {
      const harmless = text.replaceAll(innerFormula, "$1'")
      return hiddenFormula.test(harmless) ? `'${harmless}` : harmless
    },
  },
}

/** Header row and rows of a CSV (RFC 4180, CRLF, formulas made harmless), as text in portions. */
export function csvText(columns: readonly CsvColumn[], { columns: naming, language, timeZone }: CsvStyle) {
  const forPeople = naming === 'words'
  const clock = clockOf(timeZone)
  const nameOf = ({ code, words, isMoment }: CsvColumn) => {
    if (!forPeople) return code
    return isMoment ? `${words[language]} (${timeZone})` : words[language]
  }
  const cellOf = (row: object, { code, isMoment }: CsvColumn): unknown => {
    const value: unknown = Reflect.get(row, code)
    return forPeople && isMoment && typeof value === 'string' ? clock(value) : value
  }
  // Without the mark, spreadsheets take UTF-8 for the old encoding of their system.
  let header = (forPeople ? '\ufeff' : '') + stringify([columns.map(nameOf)], options)
  const withHeader = (text: string) => {
    const whole = header + text
    header = ''
    return whole
  }
  return {
    ofRows: (rows: object[]) =>
      withHeader(
        stringify(
          rows.map((row) => columns.map((column) => cellOf(row, column))),
          options,
        ),
      ),
    atEnd: () => withHeader(''),
  }
}
