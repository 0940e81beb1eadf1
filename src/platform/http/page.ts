/** From rows to a page: one row more than asked for says that there is a next page. */
import type { Cursor } from './cursor.ts'
import { encodeCursor } from './cursor.ts'

export interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

/** `rows` holds up to `limit + 1` rows; `cursorOf` gives the sort value and id of a row. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  {
    limit,
    sort,
    cursorOf,
    present,
  }: { limit: number; sort: string; cursorOf: (row: Row) => Cursor; present: (row: Row) => Item },
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const hasMore = rows.length > limit && last !== undefined
  return { items: shown.map(present), nextCursor: hasMore ? encodeCursor(sort, cursorOf(last)) : null }
}

/** Name of the column a sort such as `-createdAt` orders by. */
export function sortField(sort: string): string {
  return sort.replace(/^-/, '')
}
