/** What is wrong with a field and what it takes instead, in one tone and by code; schemas say it themselves where they know better. */
import type { z } from 'zod'
import { type FieldFormat, type FieldProblem, fieldFormats, fieldProblem } from '../../domain/shared/field-errors.ts'

type Issue = Parameters<z.core.$ZodErrorMap>[0]

const units: Record<string, string> = { string: ' characters', array: ' items' }

const formats: Record<string, string> = {
  uuid: 'must be an id (a UUID)',
  email: 'must be an e-mail address',
  datetime: 'must be an RFC 3339 time such as 2026-01-31T09:00:00Z',
  date: 'must be a date such as 2026-01-31',
  hex_color: 'must be a colour such as #3b82f6',
} satisfies Partial<Record<FieldFormat, string>>

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

/** A field that the route does not know. */
export const unknownField = fieldProblem('unknown_field', 'is not a known field')

/** For `superRefine`: the one way in which a schema adds a rule of its own, because zod's `refine` takes no code. */
export function rule<T>(problemOf: (value: T) => FieldProblem | undefined, path: string[] = []) {
  return (value: T, context: z.core.$RefinementCtx): void => {
    const problem = problemOf(value)
    if (problem) context.addIssue({ code: 'custom', message: problem.message, path, params: { problem } })
  }
}

function tooBig({ origin, maximum, message }: z.core.$ZodIssueTooBig): FieldProblem {
  const params = { maximum: Number(maximum) }
  if (origin === 'string') return fieldProblem('too_long', message, params)
  return fieldProblem(origin === 'array' ? 'too_many' : 'too_large', message, params)
}

function tooSmall({ origin, minimum, message }: z.core.$ZodIssueTooSmall): FieldProblem {
  const params = { minimum: Number(minimum) }
  if (origin === 'string')
    return params.minimum === 1 ? fieldProblem('required', message) : fieldProblem('too_short', message, params)
  return fieldProblem(origin === 'array' ? 'too_few' : 'too_small', message, params)
}

function wrongFormat({ format, message }: z.core.$ZodIssueInvalidStringFormat): FieldProblem {
  const known = fieldFormats.find((one) => one === format)
  return known ? fieldProblem('invalid_format', message, { format: known }) : fieldProblem('invalid', message)
}

/** Code and parameters of what zod found, which has to be asked for what it was given (`reportInput`). */
export function problemOfIssue(issue: z.core.$ZodIssue): FieldProblem {
  const { message } = issue
  const ofRule = issue.code === 'custom' ? (issue.params?.['problem'] as FieldProblem | undefined) : undefined
  if (ofRule) return ofRule
  if (issue.code === 'too_big') return tooBig(issue)
  if (issue.code === 'too_small') return tooSmall(issue)
  if (issue.input === undefined) return fieldProblem('required', message)
  if (issue.code === 'invalid_type') return fieldProblem('wrong_type', message, { expected: issue.expected })
  if (issue.code === 'invalid_value') return fieldProblem('not_one_of', message, { allowed: issue.values.map(String) })
  if (issue.code === 'invalid_format') return wrongFormat(issue)
  return fieldProblem('invalid', message)
}
