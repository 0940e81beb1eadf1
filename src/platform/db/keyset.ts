/** Keyset paging, as every list does it. */
import type { AnyColumn, SQL } from 'drizzle-orm'
import { asc, desc, sql } from 'drizzle-orm'

/** The last row of the page before. */
export interface After {
  /** What it was sorted by. */
  value: string | number | null
  /** Its id (in the audit log its place in the chain), which makes the order total; null in a list that is sorted by something unique. */
  id: string | null
}

/** Which rows to read: up to `limit` of them in the order of `sort`, from the row after `after` on. */
export interface Slice<Sort extends string = string> {
  /** Name of a column, with `-` before it for descending. */
  sort: Sort
  limit: number
  after?: After | undefined
}

/** Name of the column that a sort such as `-createdAt` orders by. */
export function sortField(sort: string): string {
  return sort.replace(/^-/, '')
}

/**
 * Condition and order of a slice. `columns` are those that the list can be sorted by.
 * `id` makes the order total, and is left out where the sort column is unique; both directions can be read from one
 * ascending index. A column of moments of which some are missing sorts those as `infinity`.
 */
export function keyset(
  columns: Record<string, AnyColumn | SQL>,
  id: AnyColumn | null,
  { sort, after }: Pick<Slice, 'sort' | 'after'>,
): { where: SQL | undefined; orderBy: SQL[] } {
  const isDescending = sort.startsWith('-')
  const column = columns[sortField(sort)]
  if (!column) throw new Error(`no column to sort by: ${sort}`)
  const direction = isDescending ? desc : asc
  const isBeyond = sql.raw(isDescending ? '<' : '>')
  const value = after?.value ?? 'infinity'
  if (!id) return { where: after && sql`${column} ${isBeyond} ${value}`, orderBy: [direction(column)] }
  return {
    where: after && sql`(${column}, ${id}) ${isBeyond} (${value}, ${after.id})`,
    orderBy: [direction(column), direction(id)],
  }
}

/** What the next slice comes after: `row` has a field of the name that `sort` names, and in the audit log its place `seq`. */
export function afterRow(row: object, sort: string): After {
  const value: unknown = Reflect.get(row, sortField(sort))
  const id: unknown = Reflect.get(row, 'seq') ?? Reflect.get(row, 'id')
  if (value !== null && typeof value !== 'string' && typeof value !== 'number')
    throw new Error(`a row of a list sorted by ${sort} does not say where it stands`)
  return { value, id: typeof id === 'string' || typeof id === 'number' ? String(id) : null }
}

/** Sorted as people sort names, in any language: `eWeb` beside `Evernote`, `Österreich` among the Os. By ICU's root collation. */
export function asWords(column: AnyColumn | SQL): SQL {
  return sql`${column} collate "und-x-icu"`
}
