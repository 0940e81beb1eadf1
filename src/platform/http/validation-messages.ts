/** What is wrong with a field and what it takes instead, in one tone; schemas say it themselves where they know better. */
import type { z } from 'zod'

type Issue = Parameters<z.core.$ZodErrorMap>[0]

const units: Record<string, string> = { string: ' characters', array: ' items' }

const formats: Record<string, string> = {
  uuid: 'must be an id (a UUID)',
  email: 'must be an e-mail address',
  datetime: 'must be an RFC 3339 time such as 2026-01-31T09:00:00Z',
  date: 'must be a date such as 2026-01-31',
}

function bound(word: string, limit: number | bigint, origin: string): string {
  const unit = units[origin]
  return unit ? `must have ${word} ${limit}${unit}` : `must be ${word} ${limit}`
}

/** An error map for zod: a sentence without its subject, which is the field. Never repeats the value. */
export function inputWords(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is required'
        : `must be ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`
    case 'too_big':
      return bound('at most', issue.maximum, issue.origin)
    case 'too_small':
      return bound('at least', issue.minimum, issue.origin)
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`
    case 'invalid_format':
      return formats[issue.format]
    default:
      return undefined
  }
}
