/** Keyset paging and substring search, as every list does them. */
import type { AnyColumn, SQL } from 'drizzle-orm'
import { asc, desc, sql } from 'drizzle-orm'

/** The last row of the page before. */
export interface After {
  value: string | number | null
  id: string
}

/**
 * Order and lower bound of one page. `sort` is a key of `columns`, with `-` before it for descending.
 * The id makes the order total; both directions can be read from one ascending index.
 */
export function keyset(
  columns: Record<string, AnyColumn | SQL>,
  id: AnyColumn,
  { sort, cursor }: { sort: string; cursor?: After | undefined },
): { where: SQL | undefined; orderBy: SQL[] } {
  const isDescending = sort.startsWith('-')
  const column = columns[isDescending ? sort.slice(1) : sort]
  if (!column) throw new Error(`no column to sort by: ${sort}`)
  const direction = isDescending ? desc : asc
  const where = cursor && sql`(${column}, ${id}) ${sql.raw(isDescending ? '<' : '>')} (${cursor.value}, ${cursor.id})`
  return { where, orderBy: [direction(column), direction(id)] }
}

/** Sorted as people sort names, in any language: `eWeb` beside `Evernote`, `Österreich` among the Os. By ICU's root collation. */
export function asWords(column: AnyColumn | SQL): SQL {
  return sql`${column} collate "und-x-icu"`
}

/** Pattern for LIKE that finds `text` anywhere, its own wildcards taken literally. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
}
