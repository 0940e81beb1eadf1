/** Which keys the histories on the server need: they stay encrypted as they were written. */
import type { Client, WorkflowExecutionInfo } from '@temporalio/client'
import { isGrpcServiceError } from '@temporalio/client'
import type { Payload } from '@temporalio/common'
import { payloadKeyOf } from './payload-codec.ts'

/** What one key is needed for. */
export interface KeyUse {
  open: number
  closed: number
  /** When the last closed workflow that needs it ended. */
  lastClosedAt?: Date
}

const historiesAtOnce = 8
/** NOT_FOUND of gRPC. */
const notFound = 5

/**
 * Reads the history of every workflow that the namespace knows, open or closed, without decrypting any.
 * @returns for the id of each key, how many workflows have a payload that was encrypted with it
 */
export async function payloadKeysInUse(client: Client): Promise<Map<string, KeyUse>> {
  const uses = new Map<string, KeyUse>()
  const executions = client.workflow.list({ pageSize: 1000 })[Symbol.asyncIterator]()
  const takeOneByOne = async () => {
    for (let next = await executions.next(); !next.done; next = await executions.next())
      noteUse(uses, next.value, await keysOfHistory(client, next.value))
  }
  await Promise.all(Array.from({ length: historiesAtOnce }, takeOneByOne))
  return uses
}

/** How long the server keeps closed workflows, in seconds. */
export async function retentionOf(client: Client): Promise<number> {
  const { config } = await client.workflowService.describeNamespace({ namespace: client.options.namespace })
  return Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0)
}

function noteUse(uses: Map<string, KeyUse>, { closeTime }: WorkflowExecutionInfo, keys: ReadonlySet<string>): void {
  for (const id of keys) {
    const use = uses.get(id) ?? { open: 0, closed: 0 }
    if (closeTime) use.closed += 1
    else use.open += 1
    if (closeTime && (use.lastClosedAt ?? closeTime) <= closeTime) use.lastClosedAt = closeTime
    uses.set(id, use)
  }
}

async function keysOfHistory(client: Client, { workflowId, runId }: WorkflowExecutionInfo): Promise<Set<string>> {
  const keys = new Set<string>()
  let nextPageToken: Uint8Array | undefined
  try {
    do {
      const page = await client.workflowService.getWorkflowExecutionHistory({
        namespace: client.options.namespace,
        execution: { workflowId, runId },
        ...(nextPageToken ? { nextPageToken } : {}),
      })
      collectKeys(page.history?.events ?? [], keys)
      nextPageToken = page.nextPageToken?.length ? page.nextPageToken : undefined
    } while (nextPageToken)
  } catch (error) {
    // Its retention ended since it was listed.
    if (!isGrpcServiceError(error) || (error.code as number) !== notFound) throw error
  }
  return keys
}

/** Payloads stand at many places of an event: arguments, results, failures, headers, memos. */
function collectKeys(value: unknown, keys: Set<string>): void {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return
  if ('metadata' in value && 'data' in value) {
    const id = payloadKeyOf(value as Payload)
    if (id) keys.add(id)
  }
  for (const part of Object.values(value)) collectKeys(part, keys)
}
