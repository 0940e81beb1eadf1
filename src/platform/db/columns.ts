/** Columns that several tables share, and the types of what SQL runs on. */
import { type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn, PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import { customType, uuid } from 'drizzle-orm/pg-core'
import { v7 as uuidv7 } from 'uuid'

/** A connection or an open transaction: repositories take either. */
export type DbOrTx = PgDatabase<PgQueryResultHKT, Record<string, never>>

export const primaryId = () =>
  uuid('id')
    .primaryKey()
    .$defaultFn(() => uuidv7())

/** A moment, as RFC 3339 UTC with milliseconds in code and as timestamptz in the database. */
export const instant = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp (3) with time zone',
  fromDriver: (value) => new Date(value).toISOString(),
})
export const createdAt = () => instant('created_at').notNull().default(sql`now()`)
export const updatedAt = () => instant('updated_at').notNull().default(sql`now()`)

/** Rows of a statement in SQL. What is in them is what the caller says: nothing checks it. */
export async function rowsOf<Row>(db: DbOrTx, query: SQL): Promise<Row[]> {
  return [...((await db.execute(query)) as Iterable<Row>)]
}

/** A list of ids as one value, so that a statement is the same however many there are. */
export function idArray(ids: readonly string[]): string {
  return `{${ids.join(',')}}`
}

/** Whether `id` is one of the ids that a prepared statement is given as its placeholder `ids` (`idArray`). */
export function isAmongIds(id: AnyPgColumn): SQL {
  return sql`${id} = any(${sql.placeholder('ids')}::uuid[])`
}

export function idList(ids: readonly string[]): SQL {
  return sql`${idArray(ids)}::uuid[]`
}

export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
/** Case-insensitive text of the citext extension. */
export const citext = customType<{ data: string }>({ dataType: () => 'citext' })
