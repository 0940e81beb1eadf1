/** What the bench knows of a service that it measures, and what both have in common. */
import type { Client } from '@temporalio/client'
import type postgres from 'postgres'

/** A running service that takes requests and grants them. */
export interface Service {
  name: 'product' | 'bare'
  /** Its processes by what they are; those they start belong to them. */
  parts: Record<string, number>
  /** A request that nothing stands against. @returns its id */
  submit(): Promise<string>
  /** The administrator's grant. @throws when the request is not approved afterwards */
  grant(id: string): Promise<void>
  /** True when nothing is left to do that the answers did not wait for. */
  isDone(): Promise<boolean>
  history(id: string): Promise<History>
  /** Bytes of the tables that grow with requests, indexes included. */
  storedBytes(): Promise<number>
}

export interface History {
  events: number
  bytes: number
}

/** Where a service may keep its data, and the one Temporal program that both use. */
export interface Place {
  folder: string
  cli: string
  /** What has to be stopped at the end; what was told last is stopped first. */
  atEnd(stop: () => Promise<unknown>): void
}

/** Length and size of a closed workflow's history. @throws when it is still open after 10 s */
export async function historyOf(client: Client, workflowId: string): Promise<History> {
  const handle = client.workflow.getHandle(workflowId)
  for (const end = Date.now() + 10_000; ; ) {
    const { status, historyLength, historySize } = await handle.describe()
    if (status.name === 'COMPLETED') return { events: historyLength, bytes: historySize ?? 0 }
    if (Date.now() > end) throw new Error(`${workflowId} is still ${status.name}`)
    await pause(50)
  }
}

/** Bytes of tables, with their indexes. */
export async function bytesOf(sql: postgres.Sql, tables: string[]): Promise<number> {
  const [row] =
    await sql`select sum(pg_total_relation_size(relid)) as bytes from pg_stat_user_tables where relname = any(${tables})`
  return Number(row?.['bytes'])
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)))
}
