/**
 * Compares open requests with their workflows, and repairs those whose workflow does not run. One that was terminated
 * from outside never says how its request ended, so the row would stay open for ever: the request is closed as canceled.
 * One that is gone altogether is started anew.
 */
import type { Client } from '@temporalio/client'
import { WorkflowNotFoundError } from '@temporalio/client'
import type { Logger } from 'pino'
import type { AccessRequest } from '../domain/access-request.ts'
import { cancel } from '../domain/outcomes.ts'
import { accessRequestWorkflowId } from '../temporal/ids.ts'
import type { RequestsRepository } from './requests.repository.ts'

export interface ReconcilerDeps {
  client: Client
  requests: RequestsRepository
  log: Pick<Logger, 'warn'>
}

const endedOutside = new Set(['TERMINATED', 'FAILED', 'TIMED_OUT', 'CANCELLED'])

/** @returns a function that repairs one open request and says whether there was anything to repair */
export function createRepair({ client, requests, log }: ReconcilerDeps) {
  async function statusOf(request: AccessRequest): Promise<string> {
    try {
      return (await client.workflow.getHandle(accessRequestWorkflowId(request.id)).describe()).status.name
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'GONE'
      throw error
    }
  }

  return async (request: AccessRequest): Promise<boolean> => {
    const status = await statusOf(request)
    if (endedOutside.has(status))
      await requests.record(cancel(request, 'workflow_ended', { by: null, now: new Date().toISOString() }))
    else if (status === 'GONE') await requests.markNotStarted(request.id)
    else return false
    log.warn({ accessRequestId: request.id, workflow: status }, 'an open request had no running workflow')
    return true
  }
}

export type Repair = ReturnType<typeof createRepair>

export function createReconciler(deps: ReconcilerDeps) {
  const { requests } = deps
  const repair = createRepair(deps)

  return {
    /** Goes through every open request. @returns how many were repaired */
    async reconcile(): Promise<number> {
      let repaired = 0
      let after: string | null = null
      for (let page = await requests.openAfter(after); page.length > 0; page = await requests.openAfter(after)) {
        for (const request of page) {
          after = request.id
          if (await repair(request)) repaired++
        }
      }
      return repaired
    },
  }
}
