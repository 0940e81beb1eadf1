/** How `errors[]` of a problem looks: each code with its parameters, for the OpenAPI document. */
import { z } from 'zod'
import { type FieldErrorCode, type FieldErrorParams, fieldFormats } from '../../domain/shared/field-errors.ts'

const none = z.strictObject({})
const minimum = z.strictObject({ minimum: z.number() })
const group = z.strictObject({ group: z.string() })
const maximum = z.strictObject({ maximum: z.number() })

const paramsOf = {
  administrators_alone: none,
  control_characters: z.strictObject({
    character: z.string().meta({ description: 'Its code point, such as U+202E' }),
    position: z.int().meta({ description: 'Of the text without the blanks around it, from 1' }),
  }),
  credentials_in_url: none,
  duplicate: none,
  duration_too_long: z.strictObject({ maximum: z.string().meta({ description: 'ISO-8601' }) }),
  duration_too_short: z.strictObject({ minimum: z.string().meta({ description: 'ISO-8601' }) }),
  group_connected: group,
  guessable: none,
  guessable_from_owner: none,
  incorrect: none,
  invalid: none,
  invalid_format: z.strictObject({ format: z.enum(fieldFormats) }),
  last_administrator: none,
  managed_elsewhere: z.strictObject({ source: z.string() }),
  manager_loop: z.strictObject({ names: z.array(z.string()) }),
  not_activated: none,
  not_applicable: none,
  not_found: none,
  not_in_future: none,
  not_one_line: none,
  not_one_of: z.strictObject({ allowed: z.array(z.string()) }),
  out_of_range: z.strictObject({ minimum: z.number(), maximum: z.number() }),
  own_manager: none,
  private_address: none,
  required: none,
  same_as_current: none,
  second_administrator: group,
  taken: none,
  too_early: z.strictObject({ after: z.iso.datetime() }),
  too_few: minimum,
  too_large: maximum,
  too_late: z.strictObject({ latest: z.iso.datetime() }),
  too_long: maximum,
  too_many: maximum,
  too_short: minimum,
  too_small: minimum,
  unknown_field: none,
  unreadable: none,
  wrong_type: z.strictObject({ expected: z.string() }),
} satisfies { [Code in FieldErrorCode]: z.ZodType<FieldErrorParams[Code]> }

/** Every code, in the order of the alphabet. */
export const fieldErrorCodes = Object.keys(paramsOf) as FieldErrorCode[]

/** Codes that have the same parameters stand together. */
const variants = [...new Set<z.ZodType>(Object.values(paramsOf))].map((params) => {
  const codes = fieldErrorCodes.filter((code) => paramsOf[code] === params)
  return z.object({ path: z.string(), message: z.string(), code: z.enum(codes), params })
})

export const fieldErrorSchema = z.union(variants).meta({
  id: 'FieldError',
  description:
    'One field that was refused: where, in a sentence, and by a code with parameters that never changes its meaning',
})
