/** What the statements of a read cost Postgres: the rows that it looks at, whatever they are in the end. */
import type { Logger } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { DbOrTx } from '../../src/platform/db/columns.ts'

export interface Cost {
  /** Entries of tables and indexes that were looked at. */
  rows: number
  /** Tables that were read from end to end. */
  scanned: string[]
}

interface Node {
  'Node Type': string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  'Relation Name'?: string
  Plans?: Node[]
}

export interface PlanReader {
  /** What `read` costs. It is given the connection that is watched. */
  costOf(read: (db: DbOrTx) => Promise<unknown>): Promise<Cost>
  close(): Promise<void>
}

/** Watches what is asked of a database, and asks it again with `explain analyze`. Tables of `small` may be read as a whole: that costs nothing. */
export function createPlanReader(url: string, small: ReadonlySet<string> = new Set()): PlanReader {
  const asked: { query: string; values: unknown[] }[] = []
  const logger: Logger = { logQuery: (query, values) => void asked.push({ query, values }) }
  const client = postgres(url, { max: 1, onnotice: () => undefined })
  const explaining = postgres(url, { max: 1, onnotice: () => undefined })
  const db = drizzle(client, { logger })
  return {
    async costOf(read) {
      asked.length = 0
      await read(db)
      const costs: Cost[] = []
      for (const { query, values } of [...asked]) {
        const [row] = await explaining.unsafe(`explain (analyze, format json) ${query}`, values as never[])
        const [{ Plan: plan }] = (row as postgres.Row)['QUERY PLAN'] as [{ Plan: Node }]
        costs.push(costOfNode(plan, small))
      }
      return { rows: costs.reduce((sum, { rows }) => sum + rows, 0), scanned: costs.flatMap(({ scanned }) => scanned) }
    },
    async close() {
      await Promise.all([client.end(), explaining.end()])
    },
  }
}

function costOfNode(node: Node, small: ReadonlySet<string>): Cost {
  const table = node['Relation Name'] ?? ''
  const isWhole = node['Node Type'] === 'Seq Scan'
  if (isWhole && small.has(table)) return { rows: 0, scanned: [] }
  const parts = (node.Plans ?? []).map((part) => costOfNode(part, small))
  const isOfTable = /^(Seq|Index|Index Only|Bitmap Heap|Bitmap Index|Tid) Scan$/.test(node['Node Type'])
  const looked =
    node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
  return {
    rows: (isOfTable ? looked * node['Actual Loops'] : 0) + parts.reduce((sum, { rows }) => sum + rows, 0),
    scanned: [...(isWhole && node['Actual Loops'] > 0 ? [table] : []), ...parts.flatMap(({ scanned }) => scanned)],
  }
}
