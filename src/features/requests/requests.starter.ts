/** Starts the workflow of a request that is in the queue, once, however often it is asked to. */
import type { Client } from '@temporalio/client'
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { TypedSearchAttributes, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common'
import type { Logger } from 'pino'
import type { accessRequest } from '../../../workflows/access-request.workflow.ts'
import type { AccessRequest } from '../../domain/request/record.ts'
import { publicText } from '../../domain/shared/public-text.ts'
import { accessRequestWorkflowId } from '../../domain/shared/workflow-ids.ts'
import { approvalFlowId, requesterId, requestStatus } from '../../platform/engine/search-attributes.ts'
import type { RequestsRepository } from './requests.repository.ts'

export interface StarterDeps {
  client: Client
  taskQueue: string
  requests: RequestsRepository
  log: Pick<Logger, 'warn'>
  /** Its workflow was there before, and may have ended: the row may have been set back. */
  onExisting?: (requestId: string) => Promise<unknown>
}

function optionsFor(request: AccessRequest, taskQueue: string) {
  return {
    workflowId: accessRequestWorkflowId(request.id),
    taskQueue,
    workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    staticSummary: publicText(`Access to ${request.flow.name}`),
    typedSearchAttributes: new TypedSearchAttributes([
      { key: requestStatus, value: request.status },
      { key: requesterId, value: request.requester.id },
      { key: approvalFlowId, value: request.flow.id },
    ]),
    args: [{ request }] as [{ request: AccessRequest }],
  }
}

export function createStarter({ client, taskQueue, requests, log, onExisting }: StarterDeps) {
  return {
    /** @returns whether the workflow is known to run; false when Temporal did not answer within `deadlineMs` */
    async start(request: AccessRequest, deadlineMs: number): Promise<boolean> {
      let isExisting = false
      try {
        const run = () => client.workflow.start<typeof accessRequest>('accessRequest', optionsFor(request, taskQueue))
        await client.connection.withDeadline(Date.now() + deadlineMs, run)
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) {
          // The request is kept and tried again: whatever stands in the way has to be seen, not only waited for.
          log.warn({ err: error, accessRequestId: request.id }, 'the workflow of a request could not be started yet')
          return false
        }
        isExisting = true
      }
      await requests.markStarted(request.id)
      if (isExisting) await onExisting?.(request.id)
      return true
    },

    /** Another run for a request that was closed from outside and has something left to do. */
    async restart(request: AccessRequest): Promise<void> {
      const options = optionsFor(request, taskQueue)
      const workflowIdReusePolicy = WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY
      await client.workflow.start<typeof accessRequest>('accessRequest', { ...options, workflowIdReusePolicy })
    },
  }
}

export type Starter = ReturnType<typeof createStarter>
