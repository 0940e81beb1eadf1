/** How much a refusal says: enough to mend the call, however much was wrong with it. */
import { type FieldError } from '../../domain/shared/field-errors.ts'

const mostErrors = 50
const longestPath = 200
const longestMessage = 1000
const longestList = 100

/** At most `length` characters, with a sign where something is missing; no character is cut in half. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** Lists in parameters hold the first 100 items, such as the names in a long line of managers. */
function bounded(error: FieldError): FieldError {
  const params = Object.entries(error.params ?? {}).map(([name, value]: [string, unknown]) => [
    name,
    Array.isArray(value) ? value.slice(0, longestList) : value,
  ])
  return { ...error, params: Object.fromEntries(params) } as FieldError
}

/** The detail and the first 50 field errors, cut where they repeat long input; the detail says how many errors are not named. */
export function boundedDetail(
  detail: string,
  errors: readonly FieldError[] | undefined,
): { detail: string; errors?: FieldError[] } {
  const said = cut(detail, longestMessage)
  if (!errors) return { detail: said }
  const more = errors.length - mostErrors
  return {
    detail: more > 0 ? `${said} (${mostErrors} errors are named, there are ${more} more)` : said,
    errors: errors.slice(0, mostErrors).map((error) => ({
      ...bounded(error),
      path: cut(error.path, longestPath),
      message: cut(error.message, longestMessage),
    })),
  }
}
