import { sql } from 'drizzle-orm'
import type { DbOrTx } from '../../platform/db/columns.ts'

/** Whether the role that the service signs in with could change its own audit log. */
export async function mayChangeLog(db: DbOrTx): Promise<boolean> {
  const [row] = await db
    .select({ may: sql<boolean>`has_table_privilege('audit_events', 'update, delete, truncate')` })
    .from(sql`(select 1) as one`)
  return row?.may ?? false
}
