/** Writes the rows of each table from what is planned. */
import { getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type postgres from 'postgres'
import { life, momentOf, type RowMark } from './plan.ts'
import { marks } from './templates.ts'

/** The rows of one table, without its indexes until they are there. */
export async function fillTable(sql: postgres.Sql, table: PgTable): Promise<void> {
  const name = getTableName(table)
  const [first] = await sql`select body from bench.rows where "table" = ${name} limit 1`
  const columns = Object.keys(JSON.parse(String(first?.['body'])) as object)
  const digest = (of: string) => `encode(sha256(convert_to('${of}' || e.seq, 'UTF8')), 'hex')`
  const rowValues: Record<RowMark, string> = {
    rowId: 'uuidv7(e.moment - now())',
    seq: 'e.seq',
    previousHash: digest('chain'),
    hash: `encode(sha256(convert_to('chain' || (e.seq + 1), 'UTF8')), 'hex')`,
    personalDigest: digest('personal'),
    personalKey: `left(${digest('key')}, 32)`,
  }
  const inOrder = Object.keys(marks).map((mark) => (mark in rowValues ? rowValues[mark as RowMark] : `e."${mark}"`))
  const shown = columns.map((column) => `r.${column}`)
  await withoutIndexes(sql, name, () =>
    sql.begin(async (tx) => {
      await tx.unsafe(`create table bench.entries_${name} as
        select p.i, t.n, ${momentOf} as moment, row_number() over (order by ${momentOf}, p.i, t.n) as seq
        from bench.plan p join bench.rows t on t.way = p.way and t."table" = '${name}'`)
      await tx.unsafe(`insert into ${name} (${columns.join(', ')}) select ${shown.join(', ')}
        from (select f.*, b.seq, b.moment, t.body from bench.entries_${name} b join bench.filled f on f.i = b.i join bench.rows t on t.n = b.n) e
        cross join lateral jsonb_populate_record(null::${name}, format(e.body, ${inOrder.join(', ')})::jsonb) r`)
    }),
  )
}

/** Half of the timed ones end by themselves; of the others four in ten were taken away. */
export async function fillGrants(sql: postgres.Sql): Promise<void> {
  await withoutIndexes(sql, 'grants', () =>
    sql.unsafe(`
      insert into grants (id, access_request_id, flow_id, user_id, group_id, started_at, expires_at, ended_at, ended_by_id)
      select p.grant_id, p.id, f.id, r.id, g.id, p.decided, case when p.is_timed then p.decided + ${life} end,
        case when p.is_timed then case when p.decided + ${life} < now() then p.decided + ${life} end
          when p.revoked < 0.4 then p.decided + (now() - p.decided) * p.revoked end,
        case when not p.is_timed and p.revoked < 0.4 then a.id end
      from bench.plan p join bench.people r on r.n = p.requester_n join bench.flows f on f.n = p.flow_n
      join bench.groups g on g.n = f."group" join bench.people a on a.n = p.i % 30
      where p.outcome = 'approved' order by p.i`),
  )
}

/** Indexes of a filled table are made faster, and smaller, than they grow. Those of primary keys stay. */
async function withoutIndexes(sql: postgres.Sql, table: string, work: () => Promise<unknown>): Promise<void> {
  const indexes = await sql<{ name: string; definition: string }[]>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i where i.indrelid = ${table}::regclass
      and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`)
  await work()
  for (const { definition } of indexes) await sql.unsafe(definition)
}
