/** Pages of every list, from the query of the call to the cursor of the next page. */
import { afterRow, type Slice } from '../db/keyset.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'

export interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

/** What a call asks for. */
export interface PageQuery<Sort extends string = string> {
  /** Names the list, so that a cursor of another one is not taken for one of it. */
  list: string
  sort: Sort
  limit: number
  cursor?: string | undefined
}

/**
 * Reads one page. One row more than asked for says that there is a next one.
 * @param read gives the rows of the slice; each has an `id` and, under its name, the field that the list is sorted by
 * @throws DomainError `invalid_input` when the cursor is not one of this list
 */
export async function readPage<Row extends object, Sort extends string>(
  { list, sort, limit, cursor }: PageQuery<Sort>,
  read: (slice: Slice<Sort>) => Promise<Row[]>,
): Promise<Page<Row>> {
  const rows = await read({ sort, limit: limit + 1, after: decodeCursor({ list, sort }, cursor) })
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const hasMore = rows.length > limit && last !== undefined
  return { items, nextCursor: hasMore ? encodeCursor({ list, sort }, afterRow(last, sort)) : null }
}

/** The page with its rows as the caller sees them. */
export function presentPage<Row, Item>({ items, nextCursor }: Page<Row>, present: (row: Row) => Item): Page<Item> {
  return { items: items.map((row) => present(row)), nextCursor }
}
