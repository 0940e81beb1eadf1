/** What can be wrong with a field: a closed list of codes, so that programs can act on it and a page can say it in any language. */

type None = Record<never, never>

/** The formats of `invalid_format`. */
export const fieldFormats = [
  'cursor',
  'date',
  'datetime',
  'duration',
  'email',
  'hex_color',
  'idempotency_key',
  'time_zone',
  'url',
  'uuid',
  'webhook_secret',
] as const
export type FieldFormat = (typeof fieldFormats)[number]

/** Every code with its parameters. Moments are RFC 3339, durations ISO-8601. */
export interface FieldErrorParams {
  /** Beside administrators stands another approver. */
  administrators_alone: None
  /** `character` such as `U+202E`, at that place of the text without the blanks around it, from 1. */
  control_characters: { character: string; position: number }
  /** A user name or password in an address. */
  credentials_in_url: None
  duplicate: None
  duration_too_long: { maximum: string }
  duration_too_short: { minimum: string }
  /** A password that is easy to guess for anybody. */
  guessable: None
  /** A password that is easy to guess for whoever knows its owner. */
  guessable_from_owner: None
  /** A password that is not the present one. */
  incorrect: None
  /** Not accepted, for no reason that this list has. */
  invalid: None
  invalid_format: { format: FieldFormat }
  /** The group is given out by a connected system: members are put in one at a time. */
  group_connected: { group: string }
  /** Nobody would be left who administers the service. */
  last_administrator: None
  /** Comes from a system outside, and is changed there. */
  managed_elsewhere: { source: string }
  /** The names lead from the user to the manager, and back to the user. */
  manager_loop: { names: string[] }
  not_activated: None
  /** Has to be left out beside what else was sent. */
  not_applicable: None
  /** Names something that does not exist. */
  not_found: None
  not_in_future: None
  not_one_line: None
  not_one_of: { allowed: string[] }
  out_of_range: { minimum: number; maximum: number }
  own_manager: None
  /** An address within the network of the service. */
  private_address: None
  required: None
  same_as_current: None
  /** Waits for a second administrator, one at a time. */
  second_administrator: { group: string }
  taken: None
  too_early: { after: string }
  /** Fewer items than that. */
  too_few: { minimum: number }
  too_large: { maximum: number }
  too_late: { latest: string }
  /** More characters than that. */
  too_long: { maximum: number }
  /** More items than that. */
  too_many: { maximum: number }
  /** Fewer characters than that. */
  too_short: { minimum: number }
  too_small: { minimum: number }
  unknown_field: None
  /** Cannot be decoded with the keys of this service. */
  unreadable: None
  /** `expected` is a type of JSON, or `int`. */
  wrong_type: { expected: string }
}

export type FieldErrorCode = keyof FieldErrorParams

/** What is wrong with a field, in a sentence without its subject. Never repeats the value. */
export type FieldProblem = {
  [Code in FieldErrorCode]: { code: Code; params: FieldErrorParams[Code]; message: string }
}[FieldErrorCode]

/** One field that was refused. */
export type FieldError = { path: string } & FieldProblem

type Plain = { [Code in FieldErrorCode]: keyof FieldErrorParams[Code] extends never ? Code : never }[FieldErrorCode]

export function fieldProblem(code: Plain, message: string): FieldProblem
export function fieldProblem<Code extends FieldErrorCode>(
  code: Code,
  message: string,
  params: FieldErrorParams[Code],
): FieldProblem
export function fieldProblem(code: FieldErrorCode, message: string, params: object = {}): FieldProblem {
  return { code, message, params } as FieldProblem
}
