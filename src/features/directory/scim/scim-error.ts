/** Refusals as SCIM says them (RFC 7644, 3.12). */
import type { DomainError } from '../../../domain/shared/errors.ts'

export type ScimType =
  | 'invalidFilter'
  | 'invalidPath'
  | 'invalidSyntax'
  | 'invalidValue'
  | 'mutability'
  | 'noTarget'
  | 'tooMany'
  | 'uniqueness'

export class ScimError extends Error {
  readonly status: number
  readonly scimType: ScimType | undefined
  /** Seconds after which trying again makes sense. */
  readonly retryAfter: number | undefined

  constructor(
    status: number,
    detail: string,
    { scimType, retryAfter }: { scimType?: ScimType; retryAfter?: number } = {},
  ) {
    super(detail)
    this.name = 'ScimError'
    this.status = status
    this.scimType = scimType
    this.retryAfter = retryAfter
  }
}

/** A 400 with its `scimType`. */
export function badRequest(scimType: ScimType, detail: string): ScimError {
  return new ScimError(400, detail, { scimType })
}

export function notThere(): ScimError {
  return new ScimError(404, 'There is no such resource, or it is of another source.')
}

/** The refusal that a client of SCIM is given for one of ours; undefined for what is none. */
export function asScimError(error: DomainError, status: number): ScimError {
  const { code, message, details } = error
  if (code === 'conflict' && details.current === 'taken') return new ScimError(409, message, { scimType: 'uniqueness' })
  if (code === 'conflict' && details.current === 'managed')
    return new ScimError(409, message, { scimType: 'uniqueness' })
  if (code === 'conflict' && details.current === 'administrator')
    return new ScimError(400, message, { scimType: 'mutability' })
  if (code === 'invalid_input') return badRequest('invalidValue', message)
  if (code === 'bad_json') return badRequest('invalidSyntax', message)
  const { retryAfter } = details
  return new ScimError(status, message, retryAfter === undefined ? {} : { retryAfter })
}
