/** The departments that people of the directory are in. */
import { and, isNotNull, sql } from 'drizzle-orm'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import { folded, isSearched } from '../../../platform/db/search.ts'
import { users } from './users.table.ts'

/** Up to `limit` of them by name, each once. @param q words that have to be found in the name */
export async function listDepartments(
  db: DbOrTx,
  { q, limit }: { q?: string | undefined; limit: number },
): Promise<{ name: string }[]> {
  const name = sql<string>`${users.department}`
  return db
    .select({ name })
    .from(users)
    .where(and(isNotNull(users.department), q ? isSearched(folded(users.department), q) : undefined))
    .groupBy(users.department)
    .orderBy(sql`${users.department} collate "und-x-icu"`)
    .limit(limit)
}
