/** A database client whose connections a test can break at any moment, and what tests ask of it then. */
import { createRequire } from 'node:module'
import postgres from 'postgres'
import { createTestDatabase } from '../support/database.ts'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'

/** The driver as modules load it and as `require` does: two copies of the same code, patched alike. */
export const builds = [
  { build: 'import', connect: postgres },
  { build: 'require', connect: createRequire(import.meta.url)('postgres') as typeof postgres },
]

export interface BreakableClient {
  sql: postgres.Sql
  /** What the connections go through. */
  proxy: TcpProxy
  /** Ends every connection, and resolves when the client has noticed. */
  loseConnection(): Promise<void>
  /** How many queries with `pg_sleep` the server works on. */
  sleepers(): Promise<number>
  /** Ends the client and drops its database. */
  close(): Promise<void>
}

/** A client with at most `max` connections to a database of its own. */
export async function createBreakableClient(connect: typeof postgres, max: number): Promise<BreakableClient> {
  const database = await createTestDatabase()
  const url = new URL(database.url)
  const proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) })
  url.host = `127.0.0.1:${proxy.port}`
  let onclose = () => {}
  const sql = connect(url.toString(), { max, backoff: () => 0.02, connect_timeout: 3, onclose: () => onclose() })
  const beside = postgres(database.url, { max: 1 })

  return {
    sql,
    proxy,
    loseConnection: () =>
      new Promise((resolve) => {
        onclose = resolve
        proxy.drop()
      }),
    sleepers: async () => {
      const found = await beside`select 1 from pg_stat_activity
        where query like '%pg_sleep%' and state = 'active' and pid <> pg_backend_pid() and datname = current_database()`
      return found.length
    },
    close: async () => {
      await Promise.all([sql.end({ timeout: 1 }), beside.end()])
      await proxy.close()
      await database.drop()
    },
  }
}

/** Notes errors that nobody catches: each of them would end a process. `stop` ends the watch, and throws if there were any. */
export function watchUncaught(): { stop(): void } {
  const escaped: unknown[] = []
  const note = (error: unknown) => void escaped.push(error)
  process.on('uncaughtException', note).on('unhandledRejection', note)
  return {
    stop() {
      process.off('uncaughtException', note).off('unhandledRejection', note)
      if (escaped.length > 0)
        throw new AggregateError(escaped, `nobody caught ${escaped.length} errors: ${escaped.join('; ')}`)
    },
  }
}

/** The same promise, or an error when it does not settle: a query that hangs is told as one. */
export async function settled<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it hangs')), 8000)
  })
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer))
}

/** The code of an error; the error itself when it has none. */
export const codeOf = (error: unknown): unknown => (error as { code?: string }).code ?? error
