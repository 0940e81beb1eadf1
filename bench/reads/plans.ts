/** How Postgres reads what each call asks for: plans with the rows that they read, told by its module auto_explain. */
import type { Readable } from 'node:stream'
import type postgres from 'postgres'
import { pause } from '../service.ts'

/** A node of a plan as `EXPLAIN (ANALYZE, FORMAT JSON)` tells it. */
export interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: PlanNode[]
}

export interface Plan {
  'Query Text': string
  Plan: PlanNode
}

/** What a call reads in the tables that grow. */
export interface Read {
  /** Rows of tables, by all scans together. */
  rows: number
  /** Indexes, and `all of <table>` for a sequential scan. */
  by: string[]
}

/** Tables that are read whole because they are small. */
const smallTables = ['settings', 'sessions', 'rate_limits', 'connectors', 'request_count_changes']

/** Rows and indexes of these plans, without the look-ups that every call makes of who asks. */
export function readOf(plans: readonly Plan[]): Read {
  const scans = plans
    .flatMap(({ Plan: top }) => nodesOf(top))
    .filter((node) => node['Relation Name'] && !smallTables.includes(node['Relation Name']))
  const indexes = plans.flatMap(({ Plan: top }) => nodesOf(top)).flatMap((node) => node['Index Name'] ?? [])
  const whole = scans
    .filter((node) => node['Node Type'].includes('Seq Scan'))
    .map((node) => `all of ${node['Relation Name']}`)
  const used = indexes.filter((name) => !name.startsWith('sessions_'))
  return { rows: Math.round(scans.reduce((sum, node) => sum + rowsOf(node), 0)), by: [...new Set([...used, ...whole])] }
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)]
}

/** `Actual Rows` is the mean of the loops. */
function rowsOf(node: PlanNode): number {
  const seen =
    node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
  return seen * node['Actual Loops']
}

/** Plans in the log of Postgres: each one in JSON, its lines after the first indented. */
export function plansIn(log: string): Plan[] {
  const found = [...log.matchAll(/duration: [\d.]+ ms {2}plan:\n((?:\t.*\n)+)/g)]
  return found.map(([, text = '']) => JSON.parse(text.replaceAll(/^\t/gm, '')) as Plan)
}

/**
 * Makes Postgres tell the plan of every statement of the API from now on.
 * @param log what Postgres writes
 * @returns a function that waits for `call`, and tells the plans of its statements
 */
export async function tellPlans(sql: postgres.Sql, log: Readable) {
  const settings = {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_timing': 'off',
    'auto_explain.log_format': 'json',
  }
  const [row] = await sql`select current_database() as name`
  for (const [name, value] of Object.entries(settings))
    await sql.unsafe(`alter database "${row?.['name']}" set ${name} = '${value}'`)
  let told = ''
  log.setEncoding('utf8').on('data', (text: string) => {
    told += text
  })
  // Sessions read these settings when they begin.
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'gatehouse-api'`
  return async (call: () => Promise<unknown>): Promise<Plan[]> => {
    told = ''
    await call()
    // The last lines may still be on their way through the pipe.
    for (let before = -1; before !== told.length; await pause(20)) before = told.length
    return plansIn(told)
  }
}
