/** What the bench knows of a service that it measures, and what both have in common. */
import type { Client } from '@temporalio/client'

/** A running service that takes requests and grants them. */
export interface Service {
  name: 'product' | 'bare'
  /** Its processes; those they start belong to it. */
  pids: number[]
  /** A request that nothing stands against. @returns its id */
  submit(): Promise<string>
  /** The administrator's grant. @throws when the request is not approved afterwards */
  grant(id: string): Promise<void>
  /** True when nothing is left to do that the answers did not wait for. */
  isDone(): Promise<boolean>
  history(id: string): Promise<History>
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

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)))
}
