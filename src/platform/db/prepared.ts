/** Prepared statements for what Drizzle asks: a query that comes again is parsed once on each connection, not every time. */
import type postgres from 'postgres'
import type { DbOrTx } from './columns.ts'
import { asRead } from './reads.ts'

/** Says of a query text, each time it is about to run, whether it is worth preparing. */
export type Chooser = (text: string) => boolean

/** Every prepared text is kept on every connection, here and in the server. */
const preparedAtMost = 300
const countedAtMost = 2000
const preparedFromUse = 3

/**
 * Pages of lists and their counts: how they are best read depends on what is asked for (a rare status or a common one).
 * Postgres plans them for their values each time only while they are not prepared.
 */
const isPlannedByValue = (text: string) => / limit \$\d+(?! for update)|\bcount\(/.test(text)

/** Chooses texts from their third use on, and at most 300 of them; see `isPlannedByValue` for what is never chosen. */
export function createChooser(limit = preparedAtMost): Chooser {
  const chosen = new Set<string>()
  const uses = new Map<string, number>()
  return (text) => {
    if (chosen.has(text)) return true
    if (chosen.size >= limit || isPlannedByValue(text)) return false
    const use = (uses.get(text) ?? 0) + 1
    if (use < preparedFromUse) {
      if (uses.size >= countedAtMost) uses.clear()
      uses.set(text, use)
      return false
    }
    uses.delete(text)
    chosen.add(text)
    return true
  }
}

/**
 * Makes a client that only Drizzle uses prepare what the chooser chooses, in transactions too. Drizzle itself asks for
 * nothing to be prepared, which costs a round trip and a parse for each query.
 */
export function preparing(sql: postgres.Sql, isWorthIt: Chooser = createChooser()): postgres.Sql {
  const begin = sql.begin.bind(sql) as (run: Run) => Promise<unknown>
  return Object.assign(inScope(sql, isWorthIt, { onexecute: oneAtATime }), {
    begin: (run: Run) => begin((scope) => run(inTransaction(scope, isWorthIt))),
  })
}

/**
 * For the few queries that nearly every call asks: Drizzle builds their text once for each connection pool, where it
 * builds others each time. `build` ends on `.prepare(…)`; values come in by placeholders.
 */
export function builtOnce<Query>(build: (db: DbOrTx) => Query): (db: DbOrTx) => Query {
  const built = new WeakMap<DbOrTx, Query>()
  return (db) => {
    const known = built.get(db)
    if (known) return known
    const query = build(db)
    built.set(db, query)
    return query
  }
}

type Run = (scope: postgres.TransactionSql) => unknown
type Unsafe = (text: string, values?: unknown[], options?: object) => postgres.PendingQuery<postgres.Row[]>

function inTransaction(scope: postgres.TransactionSql, isWorthIt: Chooser): postgres.TransactionSql {
  const savepoint = scope.savepoint.bind(scope) as (run: Run) => Promise<unknown>
  return Object.assign(inScope(scope, isWorthIt), {
    savepoint: (run: Run) => savepoint((inner) => run(inTransaction(inner, isWorthIt))),
  })
}

function inScope<Scope extends postgres.Sql | postgres.TransactionSql>(
  scope: Scope,
  isWorthIt: Chooser,
  always: object = {},
): Scope {
  const unsafe = scope.unsafe as Unsafe
  const prepared: Unsafe = (text, values = [], options = {}) =>
    asRead(() =>
      values.length > 0 && isWorthIt(text)
        ? unsafe(text, values, { ...options, prepare: true, ...always })
        : unsafe(text, values, options),
    )
  return Object.assign(scope, { unsafe: prepared })
}

/**
 * The library sends a prepared query behind one that still runs when no connection is free. Then a quick query waits
 * for whatever slow one it happens to stand behind, where else it would wait for the first connection to be free.
 * A connection takes no second query when this answers false. Inside a transaction there is no other connection to wait
 * for: what is asked at the same time there goes out together.
 */
const oneAtATime = () => false
