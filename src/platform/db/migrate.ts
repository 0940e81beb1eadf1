/** Brings a database to the schema of this version. */
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { grantToService } from './privileges.ts'

/** One lock for every process that may start at once with the same database. */
const migrationLock = 4_714_853

/**
 * Runs the migrations that are not there yet, one process at a time, and grants the service's role what it needs.
 * `url` signs in the role that owns the tables; `folder` holds the generated SQL.
 */
export async function migrateDatabase(url: string, folder = 'drizzle'): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => undefined })
  try {
    await sql`select pg_advisory_lock(${migrationLock})`
    await migrate(drizzle(sql), { migrationsFolder: folder })
    await grantToService(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
