/** Reading what is too much for one answer of the database, all of it as it was at one moment. */
import { type SQL, sql } from 'drizzle-orm'
import type { DbOrTx } from './columns.ts'
import { rowsOf } from './columns.ts'

/** Runs `read` in a transaction that sees everything as it was when it read first, whatever is written meanwhile. */
export function inSnapshot<T>(db: DbOrTx, read: (tx: DbOrTx) => Promise<T>): Promise<T> {
  return db.transaction(read, { isolationLevel: 'repeatable read', accessMode: 'read only' })
}

/** How much of an export is in memory at once, and of how much it is known what comes next. */
const atOnce = { rows: 100, ids: 5000 }

/**
 * The rows of everything that `ids` finds, some at a time: the next ones are read while the last ones are worked on.
 * @param tx a transaction of one snapshot, in which nothing else is read this way at the same time
 * @param ids a query for what stands in its column `id`; only that is sorted, and not whole rows
 * @param read gives the rows of some of them, in their order
 */
export async function* inPortions<Id, Row>(
  tx: DbOrTx,
  ids: SQL,
  read: (ids: Id[]) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  let next: Promise<Row[]> | undefined
  for await (const some of portionsOfIds<Id>(tx, ids)) {
    const last = next
    next = read(some)
    // Whoever stops in between does not wait for it any more.
    next.catch(() => undefined)
    if (last) yield await last
  }
  if (next) yield await next
}

async function* portionsOfIds<Id>(tx: DbOrTx, ids: SQL): AsyncGenerator<Id[]> {
  await tx.execute(sql`declare ids no scroll cursor for ${ids}`)
  for (;;) {
    const found = await rowsOf<{ id: Id }>(tx, sql.raw(`fetch ${atOnce.ids} from ids`))
    for (let first = 0; first < found.length; first += atOnce.rows)
      yield found.slice(first, first + atOnce.rows).map(({ id }) => id)
    if (found.length < atOnce.ids) break
  }
  await tx.execute(sql`close ids`)
}
