/** How large the tables are, and which of their indexes were used. */
import type postgres from 'postgres'

export interface TableSize {
  name: string
  /** The table that an index belongs to; `heap` for a table itself, with what it keeps aside. */
  of: string
  bytesARequest: number
  /** How often an index was used. */
  scans: number | null
}

/** Of the tables that grow with requests. */
export async function readSizes(sql: postgres.Sql, count: number): Promise<TableSize[]> {
  // What sessions have counted is told at the end of each second.
  await new Promise((resolve) => setTimeout(resolve, 2500))
  const rows = await sql<{ name: string; of: string; bytes: string; scans: string | null }[]>`
    select relname as name, 'heap' as of, pg_table_size(relid) as bytes, null as scans from pg_stat_user_tables
      where relname = any(${grown})
    union all
    select indexrelname, relname, pg_relation_size(indexrelid), idx_scan from pg_stat_user_indexes where relname = any(${grown})`
  return rows
    .map(({ bytes, scans, ...row }) => ({
      ...row,
      bytesARequest: Number(bytes) / count,
      scans: scans === null ? null : Number(scans),
    }))
    .sort(
      (a, b) =>
        tableOf(a).localeCompare(tableOf(b)) ||
        Number(b.of === 'heap') - Number(a.of === 'heap') ||
        b.bytesARequest - a.bytesARequest,
    )
}

/** Tables that grow with requests. */
export const grown = ['access_requests', 'audit_events', 'grants', 'mails']

export const tableOf = ({ name, of }: TableSize) => (of === 'heap' ? name : of)
