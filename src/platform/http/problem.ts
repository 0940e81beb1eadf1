/** RFC 9457 problem details: one table from error code to HTTP status, one way to send them. */
import type { Response } from 'express'
import type { ErrorCode } from '../../domain/shared/errors.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import { boundedDetail } from './field-errors.ts'

const problems = {
  already_decided: [409, 'Already decided'],
  already_granted: [409, 'Access already given'],
  already_requested: [409, 'Already requested'],
  bad_json: [400, 'Body is not JSON'],
  conflict: [409, 'Conflict'],
  confirmation_required: [409, 'Confirmation required'],
  connector_refused: [409, 'The connected system refused'],
  connector_unavailable: [503, 'The connected system does not answer'],
  csrf_token_invalid: [403, 'CSRF token missing or wrong'],
  decision_in_progress: [409, 'Decision in progress'],
  engine_unavailable: [503, 'Workflow engine unavailable'],
  flow_closed: [409, 'Approval flow is closed'],
  forbidden: [403, 'Not allowed'],
  four_eyes: [403, 'Somebody else has to grant this'],
  fresh_sign_in_required: [403, 'Fresh sign-in required'],
  grant_ended: [409, 'Access already ended'],
  idempotency_key_reused: [422, 'Idempotency key used for another call'],
  internal: [500, 'Internal error'],
  invalid_input: [422, 'Invalid input'],
  last_administrator: [409, 'Last administrator'],
  link_not_valid: [404, 'Link not valid'],
  membership_held: [409, 'Membership held by a grant'],
  method_not_allowed: [405, 'Method not allowed'],
  not_an_administrator: [403, 'Not an administrator'],
  not_an_approver: [403, 'Not an approver of this request'],
  not_found: [404, 'Not found'],
  not_the_requester: [403, 'Not the requester'],
  own_request: [403, 'Own request'],
  password_change_required: [403, 'Password must be changed'],
  password_sign_in_off: [403, 'Passwords are switched off'],
  payload_too_large: [413, 'Payload too large'],
  reason_required: [422, 'Reason required'],
  request_closed: [409, 'Request already closed'],
  service_unavailable: [503, 'Service unavailable'],
  sign_in_failed: [401, 'Sign-in failed'],
  too_many_requests: [429, 'Too many requests'],
  unauthenticated: [401, 'Not signed in'],
  unsupported_media_type: [415, 'Unsupported media type'],
} as const satisfies Record<ErrorCode, readonly [number, string]>

export const errorCodes = Object.keys(problems) as ErrorCode[]

export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: ErrorCode
  requestId?: string
  [extension: string]: unknown
}

/** The problem document of an error: details are passed on, at most 50 field errors of them; causes are not. */
export function problemOf(error: DomainError, requestId?: string): Problem {
  const [status, title] = problems[error.code]
  const { retryAfter: _, errors, ...details } = error.details
  return {
    ...details,
    ...boundedDetail(error.message, errors),
    type: `/problems/${error.code}`,
    title,
    status,
    code: error.code,
    ...(requestId ? { requestId } : {}),
  }
}

/** Answers with the problem; adds Retry-After where trying again makes sense. */
export function sendProblem(res: Response, error: DomainError): void {
  const problem = problemOf(error, res.getHeader('X-Request-Id')?.toString())
  if (error.details.retryAfter !== undefined) res.setHeader('Retry-After', String(error.details.retryAfter))
  if (problem.status === 401) res.setHeader('WWW-Authenticate', 'Bearer')
  res.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

/** Postgres codes of a database that is away or overloaded, or has ended the statement, and the client's own. */
const databaseAway = /^(CONNECT|CONNECTION_|ECONN|ENOTFOUND|EPIPE|57014|57P0|08|53|40001|40P01)/

/** Turns anything thrown into a problem; what is not ours is never shown. */
// oxlint-disable-next-line complexity -- a table of what libraries throw
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error
  const { type, status, cause, code } = error as {
    type?: string
    status?: number
    cause?: { code?: string }
    code?: string
  }
  if (type === 'entity.parse.failed')
    return new DomainError('bad_json', 'The body is not valid JSON.', {}, { cause: error })
  if (type === 'entity.too.large')
    return new DomainError('payload_too_large', 'The body is larger than 256 kB.', {}, { cause: error })
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') {
    return new DomainError('unsupported_media_type', 'Send UTF-8 JSON without content encoding.', {}, { cause: error })
  }
  // Express could not undo the percent-encoding of a path.
  if (error instanceof URIError)
    return new DomainError('not_found', 'There is nothing at this address.', {}, { cause: error })
  if (databaseAway.test(String(cause?.code ?? code ?? ''))) {
    return new DomainError(
      'service_unavailable',
      'The database does not answer. Try again in a moment.',
      { retryAfter: 2 },
      { cause: error },
    )
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new DomainError('bad_json', 'The request could not be read.', {}, { cause: error })
  }
  return new DomainError(
    'internal',
    'Something went wrong on our side. The request id finds it in the log.',
    {},
    { cause: error },
  )
}
