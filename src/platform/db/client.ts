/** Connections to Postgres. */
import { sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { preparing } from './prepared.ts'

export type Db = PostgresJsDatabase

export interface Database {
  db: Db
  /** For exports, which keep a connection for as long as they take. */
  exports: Db
  /** For LISTEN: its own client, because Drizzle changes the parsers of the one it is given. */
  raw: postgres.Sql
  close(): Promise<void>
}

/** Exports that may run at the same time in one process, each on a connection of its own. */
export const exportsAtOnce = 2

/** @throws when the database does not answer */
export async function ping(db: Pick<Db, 'execute'>): Promise<void> {
  await db.execute(sql`select 1`)
}

/**
 * Opens its clients lazily; nothing connects before the first query. `max` is the size of Drizzle's pool.
 * `?prepare=false` in the address keeps every query unprepared, for poolers that cannot have prepared ones.
 */
export function openDatabase(url: string, { max = 10, name = 'gatehouse' } = {}): Database {
  const options = {
    connect_timeout: 5,
    idle_timeout: 60,
    // Seconds between tries to connect. The library's own grows to 20 s, which would outlast the outage by as much.
    backoff: (retries: number) => Math.min(1, 0.05 * 2 ** retries),
    onnotice: () => undefined,
    connection: {
      application_name: name,
      TimeZone: 'UTC',
    },
  }
  const pooled = postgres(url, { ...options, max })
  const exporting = postgres(url, { ...options, max: exportsAtOnce })
  const raw = postgres(url, { ...options, max: 3 })
  return {
    db: drizzle(preparing(pooled)),
    exports: drizzle(preparing(exporting)),
    raw,
    close: async () => {
      await Promise.all([pooled, exporting, raw].map((client) => client.end({ timeout: 5 })))
    },
  }
}
