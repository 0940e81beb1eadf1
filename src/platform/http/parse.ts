/** From the wire to typed input. */
import type { Request } from 'express'
import { z } from 'zod'
import { DomainError } from '../../domain/shared/errors.ts'
import { type FieldError } from '../../domain/shared/field-errors.ts'
import { hasBody } from './body.ts'
import { inputWords, problemOfIssue, unknownField } from './validation-messages.ts'

function fieldErrors(error: z.ZodError, prefix: string): FieldError[] {
  return error.issues.flatMap((issue) => {
    const path = [prefix, ...issue.path.map(String)].filter(Boolean).join('.')
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: [path, key].filter(Boolean).join('.'), ...unknownField }))
    }
    return [{ path, ...problemOfIssue(issue) }]
  })
}

/** What `schema` makes of a value, or every field that is wrong in it. */
export function check<T>(
  schema: z.ZodType<T> | undefined,
  value: unknown,
  prefix = '',
): { value: T; errors: FieldError[] } {
  if (!schema) return { value: undefined as T, errors: [] }
  const result = schema.safeParse(value, { error: inputWords, reportInput: true })
  if (result.success) return { value: result.data, errors: [] }
  return { value: undefined as T, errors: fieldErrors(result.error, prefix) }
}

/** What a route takes that asks for no body: none, or one without fields. */
const noBody = z.strictObject({})

interface Schemas<Params, Query, Body> {
  params?: z.ZodType<Params>
  query?: z.ZodType<Query>
  body?: z.ZodType<Body>
}

/** What the path names does not exist unless it could: a malformed id is a 404. */
export function parseParams<Params>(schema: z.ZodType<Params> | undefined, req: Request): Params {
  const { value, errors } = check(schema, req.params, '')
  if (errors.length > 0) throw new DomainError('not_found', 'There is nothing at this address.')
  return value
}

/** @throws DomainError `invalid_input` with every field that is wrong, `unsupported_media_type` */
export function parseInput<Params, Query, Body>(
  schemas: Schemas<Params, Query, Body>,
  req: Request,
): { query: Query; body: Body } {
  if (schemas.body && req.body === undefined && hasBody(req)) {
    throw new DomainError('unsupported_media_type', 'Send the body as application/json.')
  }
  const sent = req.body === undefined ? {} : req.body
  const query = check(schemas.query, req.query, '')
  const body = schemas.body ? check(schemas.body, sent, '') : { ...check(noBody, sent, ''), value: undefined as Body }
  const errors = [...query.errors, ...body.errors]
  const first = errors[0]
  if (first)
    throw new DomainError('invalid_input', `${first.path ? `${first.path}: ` : ''}${first.message}`, { errors })
  return { query: query.value, body: body.value }
}
