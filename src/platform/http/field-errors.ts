/** How much a refusal says: enough to mend the call, however much was wrong with it. */
import type { FieldError } from '../../domain/shared/errors.ts'

const mostErrors = 50
const longestPath = 200
const longestMessage = 1000

/** At most `length` characters, with a sign where something is missing; no character is cut in half. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`
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
    errors: errors
      .slice(0, mostErrors)
      .map(({ path, message }) => ({ path: cut(path, longestPath), message: cut(message, longestMessage) })),
  }
}
