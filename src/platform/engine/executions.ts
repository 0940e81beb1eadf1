/** What the server knows of our workflows: by visibility, which is quick and a moment late, and by asking for one. */
import type { Client } from '@temporalio/client'
import { isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client'
import type { WorkflowStatus } from '../../domain/shared/repair.ts'

const idsAtOnce = 100
/** NOT_FOUND of gRPC. */
const notFound = 5

async function* pagesOf(client: Client, query: string): AsyncGenerator<string[]> {
  let page: string[] = []
  for await (const { workflowId } of client.workflow.list({ query, pageSize: 1000 })) {
    page.push(workflowId)
    if (page.length < idsAtOnce) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}

/** Records and the workflows that belong to them. */
export interface Recorded {
  type: string
  workflowIdOf: (id: string) => string
  idOf: (workflowId: string) => string
  /** Those of `ids`, whose workflows run, whose rows say that they should not. */
  surprising: (ids: string[]) => Promise<string[]>
  /** A page of ids after `after` whose workflows should run, in order. */
  waitingAfter: (after: string | null) => Promise<string[]>
}

/** Some of what was compared, and which of it may differ. */
export interface Suspects {
  all: string[]
  suspicious: string[]
}

/**
 * Which records may differ from their workflows, in pages; one may come several times. Visibility is a moment late, so
 * each has to be looked at again. `isThorough` suspects every workflow that visibility knows.
 */
export async function* suspectsOf(client: Client, recorded: Recorded, isThorough: boolean): AsyncGenerator<Suspects> {
  const { type, workflowIdOf, idOf, surprising, waitingAfter } = recorded
  const running = isThorough ? '' : ` AND ExecutionStatus = 'Running'`
  for await (const page of pagesOf(client, `WorkflowType = '${type}'${running}`)) {
    const all = page.map(idOf)
    yield { all, suspicious: isThorough ? all : await surprising(all) }
  }
  let after: string | null = null
  for (let all = await waitingAfter(after); all.length > 0; all = await waitingAfter(after)) {
    after = all.at(-1) ?? null
    yield { all, suspicious: (await notRunning(client, all.map(workflowIdOf))).map(idOf) }
  }
}

/** Those of `workflowIds` that are not known to run. */
async function notRunning(client: Client, workflowIds: readonly string[]): Promise<string[]> {
  const running = new Set<string>()
  for (let from = 0; from < workflowIds.length; from += idsAtOnce) {
    const quoted = workflowIds.slice(from, from + idsAtOnce).map((id) => `'${id}'`)
    const query = `WorkflowId IN (${quoted.join(', ')}) AND ExecutionStatus = 'Running'`
    for await (const page of pagesOf(client, query)) for (const id of page) running.add(id)
  }
  return workflowIds.filter((id) => !running.has(id))
}

/** Ids of workflows of these types that were ended from outside since `since` (RFC 3339). */
export async function endedSince(client: Client, types: readonly string[], since: string): Promise<string[]> {
  const query =
    `WorkflowType IN (${types.map((type) => `'${type}'`).join(', ')}) AND CloseTime > '${since}' ` +
    `AND ExecutionStatus IN ('Terminated', 'Canceled', 'Failed', 'TimedOut')`
  const ids = new Set<string>()
  for await (const page of pagesOf(client, query)) for (const id of page) ids.add(id)
  return [...ids]
}

/** @returns false when the workflow that `send` is for is not there: it has ended, or was never started */
export async function unlessEnded(send: () => Promise<void>): Promise<boolean> {
  try {
    await send()
    return true
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false
    throw error
  }
}

/** The status of the latest run, as it is at this moment. */
export async function statusOf(client: Client, workflowId: string): Promise<WorkflowStatus> {
  try {
    const { status } = await client.workflow.getHandle(workflowId).describe()
    if (status.name === 'RUNNING') return 'running'
    return status.name === 'COMPLETED' ? 'completed' : 'ended'
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'gone'
    throw error
  }
}

/** Removes a closed workflow with its history; one that the server does not know (any more) needs nothing. */
export async function forgetWorkflow(client: Client, workflowId: string): Promise<void> {
  try {
    await client.workflowService.deleteWorkflowExecution({
      namespace: client.options.namespace,
      workflowExecution: { workflowId },
    })
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== notFound) throw error
  }
}
