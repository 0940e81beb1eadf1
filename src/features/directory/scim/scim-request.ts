/** What a call of SCIM asks for: its body, its query, and the version it is about. */
import express, { type Request, type Response } from 'express'
import type { Selection } from './scim-answer.ts'
import { mostResults } from './scim-discovery.ts'
import { badRequest, ScimError } from './scim-error.ts'
import type { Search } from './scim-filter.repository.ts'
import { parseFilter } from './scim-filter.ts'
import { type Fields, isFields } from './scim-path.ts'

const types = ['application/scim+json', 'application/json']

/** A group of 10,000 members is about 1 MB. */
const readBody = express.json({ limit: '8mb', type: types })

/** Read here and not before: of whoever may not call nothing is read. @throws ScimError 400, 413 or 415 */
export async function bodyOf(req: Request, res: Response): Promise<Fields> {
  await new Promise<void>((resolve, reject) => {
    readBody(req, res, (error: unknown) => (error === undefined ? resolve() : reject(error as Error)))
  })
  const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0
  if (hasBody && !req.is(types)) throw new ScimError(415, 'Send the body as application/scim+json.')
  const body: unknown = req.body
  if (!isFields(body)) throw badRequest('invalidSyntax', 'The body has to be a JSON object.')
  return body
}

const listIn = (value: unknown): string[] | undefined => {
  if (typeof value === 'string') return value.split(',')
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : undefined
}

function numberIn(value: unknown, usual: number): number {
  if (value === undefined || value === null || value === '') return usual
  const number = Number(value)
  if (!Number.isInteger(number) || Math.abs(number) > 2 ** 31)
    throw badRequest('invalidValue', 'startIndex and count have to be whole numbers.')
  return number
}

export interface Query extends Selection {
  search: Search
  startIndex: number
}

/** Of the address, or of the body of a POST to `.search` (RFC 7644, 3.4.3). */
export function queryOf(fields: Fields): Query {
  const { filter, sortBy, sortOrder } = fields
  if (filter !== undefined && typeof filter !== 'string') throw badRequest('invalidFilter', 'filter has to be a text.')
  const startIndex = Math.max(1, numberIn(fields['startIndex'], 1))
  const limit = Math.min(mostResults, Math.max(0, numberIn(fields['count'], 100)))
  const isDescending = typeof sortOrder === 'string' && sortOrder.toLowerCase() === 'descending'
  return {
    attributes: listIn(fields['attributes']),
    excludedAttributes: listIn(fields['excludedAttributes']),
    startIndex,
    search: {
      filter: filter === undefined || filter === '' ? undefined : parseFilter(filter),
      sort: typeof sortBy === 'string' && sortBy !== '' ? { by: sortBy, isDescending } : undefined,
      offset: startIndex - 1,
      limit,
    },
  }
}

export const selectionOf = ({ query }: Request): Selection => ({
  attributes: listIn(query['attributes']),
  excludedAttributes: listIn(query['excludedAttributes']),
})

export const conditionsOf = (req: Request) => ({ id: String(req.params['id']), ifMatch: req.get('If-Match') })
