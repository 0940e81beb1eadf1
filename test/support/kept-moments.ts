/** Both stores kept as they are at a moment, and set back to it, as from a backup. */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { inject } from 'vitest'
import { type EmbeddedTemporal, startEmbeddedTemporal } from '../../src/local/temporal.ts'
import type { Db } from '../../src/platform/db/client.ts'

/** A Temporal server whose file can be set back. It keeps its port, so that clients and workers find it again. */
export async function openKeptTemporal() {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-temporal-'))
  const databaseFile = join(folder, 'temporal.db')
  let server = await start()
  const { port, address } = server

  function start(at?: { port: number }): Promise<EmbeddedTemporal> {
    return startEmbeddedTemporal({ cli: inject('temporalCliPath'), databaseFile, namespace: 'default', ...at })
  }

  async function whileStopped(change: () => void): Promise<void> {
    await server.stop()
    change()
    server = await start({ port })
  }

  return {
    address,
    keep: (moment: string) => whileStopped(() => copyDatabase(databaseFile, join(folder, moment))),
    setBack: (moment: string) => whileStopped(() => copyDatabase(join(folder, moment), databaseFile)),
    async close() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** An SQLite database is its file and what is not in it yet. */
function copyDatabase(from: string, to: string): void {
  for (const part of ['', '-wal', '-shm']) {
    rmSync(`${to}${part}`, { force: true })
    if (existsSync(`${from}${part}`)) copyFileSync(`${from}${part}`, `${to}${part}`)
  }
}

const named = (...path: string[]) =>
  sql.join(
    path.map((part) => sql.identifier(part)),
    sql`.`,
  )

/** Every table, with the columns that are not worked out from others. */
async function tablesOf(db: Pick<Db, 'execute'>): Promise<{ name: string; columns: string[] }[]> {
  const rows = await db.execute(sql`select table_name as name, array_agg(column_name::text) as columns
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' and is_generated = 'NEVER'
    group by table_name`)
  return rows as unknown as { name: string; columns: string[] }[]
}

/** Keeps every row of the database under the name of a moment, as one transaction sees them. */
export async function keepDatabase(db: Db, moment: string): Promise<void> {
  await db.transaction(
    async (tx) => {
      await tx.execute(sql`create schema ${sql.identifier(moment)}`)
      for (const { name } of await tablesOf(tx))
        await tx.execute(sql`create table ${named(moment, name)} as table ${named('public', name)}`)
    },
    { isolationLevel: 'repeatable read' },
  )
}

/** Every row is as it was at that moment; rows that came later are gone. */
export async function setDatabaseBack(db: Db, moment: string): Promise<void> {
  await db.transaction(async (tx) => {
    // Without triggers and foreign keys, as a restored dump is loaded.
    await tx.execute(sql`set local session_replication_role = replica`)
    const tables = await tablesOf(tx)
    await tx.execute(
      sql`truncate ${sql.join(
        tables.map(({ name }) => named('public', name)),
        sql`, `,
      )}`,
    )
    for (const { name, columns } of tables) {
      const list = sql.join(
        columns.map((column) => sql.identifier(column)),
        sql`, `,
      )
      await tx.execute(sql`insert into ${named('public', name)} (${list}) select ${list} from ${named(moment, name)}`)
    }
  })
}
