/** Schemas that many routes share. */
import { z } from 'zod'
import { fieldProblem } from '../../domain/shared/field-errors.ts'
import { longestText, textProblem, tidyText } from '../../domain/shared/text.ts'
import { urlProblem } from '../net/callable-url.ts'
import { mailAddress, withAsciiDomain } from '../net/mail-address.ts'
import { fieldErrorSchema } from './field-error-schema.ts'
import { errorCodes } from './problem.ts'
import { rule } from './validation-messages.ts'

export const basePath = '/api/v1'

export const id = z
  .uuid()
  .transform((value) => value.toLowerCase())
  .meta({ id: 'Id', description: 'UUIDv7' })
export const idParams = z.strictObject({ id })
export const instant = z.iso.datetime().meta({ description: 'RFC 3339 UTC' })

const lineProblem = (text: string) =>
  /[\n\t]/.test(text) ? fieldProblem('not_one_line', 'must be one line') : undefined

/** One line for people: made regular (`tidyText`), something in it can be seen, no control characters. */
export function line(longest = 200) {
  return z
    .string()
    .overwrite(tidyText)
    .min(1, 'must have a character that can be seen')
    .superRefine(rule((value) => textProblem(value, longest) ?? lineProblem(value)))
}

/** Several lines for people: made regular (`tidyText`), may be empty, no control characters. */
export function prose(longest = longestText) {
  return z
    .string()
    .transform(tidyText)
    .superRefine(rule((value) => textProblem(value, longest)))
}

/** The schema of each field of a message that its caller writes; who says it, and from where, the call itself knows. */
export type MessageShape<M> = { [Field in keyof Omit<M, 'by' | 'origin'>]-?: z.ZodType<M[Field]> }

/** Letters and their accents in one, however they were typed (Unicode's NFC). */
function composed(text: string): string {
  return text.normalize('NFC')
}

/** How every search finds, for descriptions; what it looks in comes after it. */
export const searchedBy =
  'Words in any order, without accents and case, each of which has to be found; one of one or two letters is the beginning of a word. Looks in'

/** Search text: any characters that can be stored; empty means no search. */
export const searchText = z
  .string()
  .overwrite(composed)
  .trim()
  .max(200)
  .superRefine(rule((value) => textProblem(value, Number.POSITIVE_INFINITY)))

/** Repeatable or comma list in a query: `status=pending&status=error` or `status=pending,error`. */
export function list<T extends z.ZodType<unknown, string>>(item: T) {
  return z
    .union([z.string(), z.array(z.string())])
    .transform((value) =>
      (Array.isArray(value) ? value : [value]).flatMap((one) => one.split(',')).filter((one) => one !== ''),
    )
    .pipe(z.array(item).max(200))
}

export const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(20),
  cursor: z.string().min(1).max(1000).optional(),
}

/** Moments that every part can keep and reckon with; years beyond four digits are none of RFC 3339. */
const [earliest, latest] = ['1900-01-01T00:00:00.000Z', '9998-12-31T23:59:59.999Z']

const outOfReach = fieldProblem('out_of_range', 'must lie between the years 1900 and 9998', {
  minimum: 1900,
  maximum: 9998,
})

/** True for a moment (RFC 3339 UTC with milliseconds) that can be stored, whatever is added to it. */
export function isWithinReach(moment: string): boolean {
  return moment.length === earliest.length && earliest <= moment && moment <= latest
}

/** `schema` gives a moment as `toISOString` writes it; one out of reach is refused. */
export function withinReach<T extends z.ZodType<string>>(schema: T): T {
  return schema.superRefine(rule((moment) => (isWithinReach(moment) ? undefined : outOfReach)))
}

export const datetime = z.iso.datetime({ offset: true }).transform((value) => new Date(value).toISOString())
export const midnight = z.iso.date().transform((value) => new Date(value).toISOString())

/** A moment in a query: RFC 3339 with any offset, or a date (midnight UTC). */
export const moment = withinReach(
  z.union([datetime, midnight], 'must be an RFC 3339 moment or a date such as 2026-01-31'),
)

/** A page of a keyset list. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}

/** Every URL that the API takes: http or https, and no user name or password in it. */
export function webAddress(longest: number) {
  return z.string().max(longest, `must have at most ${longest} characters`).superRefine(rule(urlProblem))
}

/** Refuses a list that names something twice. */
export function withoutDuplicates<T extends z.ZodType<string[]>>(schema: T, message: string): T {
  return schema.superRefine(
    rule((items) => (new Set(items).size === items.length ? undefined : fieldProblem('duplicate', message))),
  )
}

export const webUrl = webAddress(2000)

export const color = z.stringFormat('hex_color', /^#[0-9a-fA-F]{6}$/)

const zoneName = /^[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)*$/

function isTimeZone(name: string): boolean {
  try {
    return zoneName.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

const notATimeZone = fieldProblem('invalid_format', 'must be a time zone such as Europe/Berlin', {
  format: 'time_zone',
})

/** IANA name of a time zone. */
export const timeZone = z
  .string()
  .max(64)
  .superRefine(rule((name) => (isTimeZone(name) ? undefined : notATimeZone)))

export const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(errorCodes),
    requestId: z.string().optional(),
    current: z.string().optional(),
    errors: z.array(fieldErrorSchema).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' })

/** As it is looked for and kept, however it was typed. */
export const typedAddress = z.string().overwrite((text) => withAsciiDomain(composed(text).trim()))

export const emailAddress = typedAddress
  .max(254, 'must be at most 254 characters long')
  .pipe(z.email({ pattern: mailAddress, error: 'must be an e-mail address' }))

/** A password that is set, by whomever. */
export const newPassword = z
  .string()
  .min(10, 'must be at least 10 characters long')
  .max(200, 'must be at most 200 characters long')

/** The bytes of a file that a route takes (`file` of its definition). */
export const fileBody = z
  .custom<Buffer>((value) => Buffer.isBuffer(value) && value.length > 0, 'must be a file that is not empty')
  .meta({ override: { type: 'string' } })
