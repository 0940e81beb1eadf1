import type { FieldError, FieldProblem } from './field-errors.ts'

/**
 * The closed list of what can be refused, by rule.
 * HTTP statuses are assigned in `src/platform/http/problem.ts`; workflows carry the code as the failure type.
 */
export type ErrorCode =
  | 'already_decided'
  | 'already_granted'
  | 'already_requested'
  | 'bad_json'
  | 'conflict'
  | 'confirmation_required'
  | 'connector_refused'
  | 'connector_unavailable'
  | 'csrf_token_invalid'
  | 'decision_in_progress'
  | 'engine_unavailable'
  | 'flow_closed'
  | 'four_eyes'
  | 'forbidden'
  | 'fresh_sign_in_required'
  | 'grant_ended'
  | 'idempotency_key_reused'
  | 'internal'
  | 'invalid_input'
  | 'last_administrator'
  | 'link_not_valid'
  | 'membership_held'
  | 'method_not_allowed'
  | 'not_an_administrator'
  | 'not_an_approver'
  | 'not_found'
  | 'not_the_requester'
  | 'own_request'
  | 'password_change_required'
  | 'password_sign_in_off'
  | 'payload_too_large'
  | 'reason_required'
  | 'request_closed'
  | 'service_unavailable'
  | 'sign_in_failed'
  | 'too_many_requests'
  | 'unauthenticated'
  | 'unsupported_media_type'

export interface ErrorDetails {
  /** For conflicts: the state that stood in the way, such as the status of the request or the version there is. */
  current?: string
  errors?: FieldError[]
  /** Seconds after which trying again makes sense. */
  retryAfter?: number
  [key: string]: unknown
}

/** A refusal with a stable code, a message that says what to do, and details safe to show. */
export class DomainError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  // oxlint-disable-next-line max-params -- options come last, as in Error itself
  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DomainError'
    this.code = code
    this.details = details
  }
}

/** A 422 for one field. */
export function invalidInput(path: string, problem: FieldProblem): DomainError {
  return new DomainError('invalid_input', `${path || 'the message'}: ${problem.message}`, {
    errors: [{ path, ...problem }],
  })
}

/** A refusal as data, for the way through a history. */
export interface Refusal {
  code: ErrorCode
  message: string
  details: ErrorDetails
}

export function toRefusal({ code, message, details }: DomainError): Refusal {
  return { code, message, details }
}

export function fromRefusal({ code, message, details }: Refusal): DomainError {
  return new DomainError(code, message, details)
}
