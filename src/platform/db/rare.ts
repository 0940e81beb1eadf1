/** Pages of a list under filters that may match much or hardly anything. */
import { type SQL, sql } from 'drizzle-orm'
import { type DbOrTx, rowsOf } from './columns.ts'

export interface Search<Key> {
  /** The first `limit` rows of those that may be on the page, in its order. */
  inOrder: (limit: number) => SQL
  /** The name by which `isWanted` and `key` know the rows of `inOrder`. */
  as: SQL
  /** What else is asked for; every row when nothing is. */
  isWanted: SQL | undefined
  /** What a row is known by. */
  key: SQL
  limit: number
  /** Finds the keys of the page by an index of what is asked for. */
  byIndex: () => Promise<Key[]>
}

/**
 * The first `limit` rows of several lists that are each read in the same order from an index, as one list in that order.
 * @param parts a `select` of each, in its order
 */
export function merged(parts: readonly SQL[], { as, order, limit }: { as: SQL; order: SQL; limit: number }): SQL {
  // With a limit in each, Postgres reads each only as far as it is needed.
  const ofEach = parts.map((part) => sql`(${part} order by ${order} limit ${limit})`)
  return sql`select * from (${sql.join(ofEach, sql` union all `)}) as ${as} order by ${order} limit ${limit}`
}

/** Rows that are looked at in order, for each that is asked for: what is rarer is found by its index at no greater cost. */
const rowsForOne = 100

/**
 * Keys of the rows of one page. What is common is met on the way through the order of the list, where its index would give
 * far too much. When the page is not full after a stretch of the way, what is asked for is rare: then by its index.
 * @param stretch how many rows are looked at on the way
 */
export async function findOnTheWay<Key>(
  db: DbOrTx,
  { inOrder, as, isWanted, key, limit, byIndex }: Search<Key>,
  stretch = limit * rowsForOne,
): Promise<Key[]> {
  if (!isWanted) {
    const rows = await rowsOf<{ key: Key }>(db, sql`select ${key} as key from (${inOrder(limit)}) as ${as}`)
    return rows.map((row) => row.key)
  }
  // Ends with the page, or says by the last row of the stretch that the way goes on.
  const rows = await rowsOf<{ key: Key; isWanted: boolean; isLast: boolean }>(
    db,
    sql`select ${key} as key, "isWanted", place = ${stretch} as "isLast"
      from (select *, row_number() over () as place, ${isWanted} as "isWanted" from (${inOrder(stretch)}) as ${as}) as ${as}
      where "isWanted" or place = ${stretch} limit ${limit}`,
  )
  const keys = rows.filter((row) => row.isWanted).map((row) => row.key)
  return keys.length === limit || !rows.some(({ isLast }) => isLast) ? keys : byIndex()
}
