/** Keyset cursors: opaque to clients, made of the sort and the last row's values, and refused when they were made up. */

import { z } from 'zod'
import { type DomainError, invalidInput } from '../../domain/shared/errors.ts'
import { fieldProblem } from '../../domain/shared/field-errors.ts'
import { isLowerCaseUuid } from '../../domain/shared/uuid.ts'
import { isWithinReach } from './schemas.ts'

const cursorSchema = z.tuple([
  z.string(),
  z.union([z.string(), z.number(), z.null()]),
  z.union([z.string(), z.number()]),
])

export interface Cursor {
  /** Value of the sort column in the last row. */
  value: string | number | null
  /** Its id, which makes the order total. */
  id: string
}

export function encodeCursor(sort: string, { value, id }: Cursor): string {
  return Buffer.from(JSON.stringify([sort, value, id])).toString('base64url')
}

/** Only what we wrote ourselves: JavaScript takes much for a date (30 February) that Postgres refuses. */
function isInstant(text: string): boolean {
  const time = Date.parse(text)
  return !Number.isNaN(time) && new Date(time).toISOString() === text && isWithinReach(text)
}

/** The refusal of a cursor that is not one of ours. */
export function notACursor(): DomainError {
  const message = 'is not a cursor of this list; start again without it'
  return invalidInput('cursor', fieldProblem('invalid_format', message, { format: 'cursor' }))
}

/** @throws DomainError `invalid_input` when the cursor is not one of ours or belongs to another sort */
export function decodeCursor(sort: string, cursor: string | undefined): Cursor | undefined {
  if (cursor === undefined) return undefined
  try {
    const [madeFor, value, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    const isTime = /at$/i.test(sort.replace(/^-/, ''))
    if (madeFor !== sort || !isLowerCaseUuid(String(id)) || (isTime && value !== null && !isInstant(String(value))))
      throw new Error('foreign cursor')
    if (String(value).includes('\u0000')) throw new Error('foreign cursor')
    return { value, id: String(id) }
  } catch {
    throw notACursor()
  }
}
