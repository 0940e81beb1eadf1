/** Keyset cursors: opaque to clients, made of the list, its sort and the last row's values, and refused when they were made up. */

import { z } from 'zod'
import { type DomainError, invalidInput } from '../../domain/shared/errors.ts'
import { fieldProblem } from '../../domain/shared/field-errors.ts'
import { isLowerCaseUuid } from '../../domain/shared/uuid.ts'
import type { After } from '../db/keyset.ts'
import { isWithinReach } from './schemas.ts'

const cursorSchema = z.tuple([z.string(), z.union([z.string(), z.number(), z.null()]), z.union([z.string(), z.null()])])

/** What a cursor is made for. */
export interface Listing {
  list: string
  sort: string
}

const nameOf = ({ list, sort }: Listing) => `${list} ${sort}`

export function encodeCursor(listing: Listing, { value, id }: After): string {
  return Buffer.from(JSON.stringify([nameOf(listing), value, id])).toString('base64url')
}

/** Only what we wrote ourselves: JavaScript takes much for a date (30 February) that Postgres refuses. */
function isInstant(text: string): boolean {
  const time = Date.parse(text)
  return !Number.isNaN(time) && new Date(time).toISOString() === text && isWithinReach(text)
}

/** Only what a row sorted by `sort` can have: Postgres fails at a place that is no number. */
function isOf(sort: string, value: After['value'], id: After['id']): boolean {
  if (/^-?sequence$/.test(sort)) return Number.isSafeInteger(value) && id === null
  if (/^-?timestamp$/.test(sort)) return isPlaceInLog(value, id)
  const isTime = /at$/i.test(sort)
  if (id === null || !isLowerCaseUuid(id) || String(value).includes('\u0000')) return false
  return !isTime || value === null || isInstant(String(value))
}

/** The audit log is sorted by time, and then by place in the chain. */
const isPlaceInLog = (value: After['value'], id: After['id']) => isInstant(String(value)) && /^\d{1,18}$/.test(id ?? '')

/** The refusal of a cursor that is not one of ours. */
function notACursor(): DomainError {
  const message = 'is not a cursor of this list; start again without it'
  return invalidInput('cursor', fieldProblem('invalid_format', message, { format: 'cursor' }))
}

/** @throws DomainError `invalid_input` when the cursor is not one of ours or belongs to another list or sort */
export function decodeCursor(listing: Listing, cursor: string | undefined): After | undefined {
  if (cursor === undefined) return undefined
  try {
    const [madeFor, value, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    if (madeFor !== nameOf(listing) || !isOf(listing.sort, value, id)) throw new Error('foreign cursor')
    return { value, id }
  } catch {
    throw notACursor()
  }
}
