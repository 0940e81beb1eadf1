/** The one door to the workflows of requests: their ids, start, messages, and what the server knows of them. */
import type { Client } from '@temporalio/client'
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client'
import { TypedSearchAttributes, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common'
import type { Logger } from 'pino'
import type { DirectoryChange } from '../../../activities/index.ts'
import * as messages from '../../../workflows/access-request.messages.ts'
import type { accessRequest } from '../../../workflows/access-request.workflow.ts'
import type { requestFanOut } from '../../../workflows/fan-out.workflow.ts'
import type {
  DecideMessage,
  FlowClosedMessage,
  OverrideMessage,
  WithdrawMessage,
} from '../../domain/request/messages.ts'
import type { AccessRequest } from '../../domain/request/record.ts'
import { publicText } from '../../domain/shared/public-text.ts'
import { accessRequestWorkflowId, fanOutWorkflowId, requestIdOf } from '../../domain/shared/workflow-ids.ts'
import { forgetWorkflow, type Recorded, statusOf, suspectsOf, unlessEnded } from '../../platform/engine/executions.ts'
import { approvalFlowId, requesterId, requestStatus } from '../../platform/engine/search-attributes.ts'
import { sendUpdate, type UpdateOutcome } from '../../platform/engine/send-update.ts'

export interface RequestsEngineDeps {
  client: Client
  taskQueue: string
  log: Pick<Logger, 'warn'>
}

const updates = {
  decide: messages.decideUpdate,
  override: messages.overrideUpdate,
  withdraw: messages.withdrawUpdate,
}

/** A decision on one request, with the id that is the same for every repetition of it. */
export type RequestUpdate = { id: string; operationId: string } & (
  | { type: 'decide'; message: DecideMessage }
  | { type: 'override'; message: OverrideMessage }
  | { type: 'withdraw'; message: WithdrawMessage }
)

/** `existing`: it was there before, and may have ended. `away`: Temporal did not answer. */
export type Started = 'started' | 'existing' | 'away'

export function createRequestsEngine({ client, taskQueue, log }: RequestsEngineDeps) {
  const handleOf = (id: string) => client.workflow.getHandle(accessRequestWorkflowId(id))

  const optionsFor = (request: AccessRequest) => ({
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
  })

  return {
    /** @param deadlineMs how long Temporal may take, in milliseconds, before it counts as away */
    async start(request: AccessRequest, deadlineMs: number): Promise<Started> {
      try {
        const run = () => client.workflow.start<typeof accessRequest>('accessRequest', optionsFor(request))
        await client.connection.withDeadline(Date.now() + deadlineMs, run)
        return 'started'
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return 'existing'
        // The request is kept and tried again: whatever stands in the way has to be seen, not only waited for.
        log.warn({ err: error, accessRequestId: request.id }, 'the workflow of a request could not be started yet')
        return 'away'
      }
    },

    /** Another run for a request that was closed from outside and has something left to do. */
    async restart(request: AccessRequest): Promise<void> {
      const workflowIdReusePolicy = WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY
      await client.workflow.start<typeof accessRequest>('accessRequest', {
        ...optionsFor(request),
        workflowIdReusePolicy,
      })
    },

    /**
     * @param end milliseconds since 1970: how long the caller waits for the outcome
     * @returns 'gone' when its workflow is not there
     * @throws DomainError by the rules, or `engine_unavailable`
     */
    async update(
      { type, id, message, operationId }: RequestUpdate,
      end: number,
    ): Promise<UpdateOutcome<messages.Carried> | 'gone'> {
      try {
        return await sendUpdate<messages.Carried, [unknown]>(client, {
          update: updates[type],
          args: [message],
          workflowId: accessRequestWorkflowId(id),
          updateId: operationId,
          deadlineMs: end - Date.now(),
        })
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return 'gone'
        throw error
      }
    },

    /** Has its workflow look at directory and row again. @returns false when it is not there */
    directoryChanged: (id: string): Promise<boolean> =>
      unlessEnded(() => handleOf(id).signal(messages.directoryChangedSignal, {})),

    /** Its flow was deleted or disabled. @returns false when its workflow is not there */
    flowClosed: (id: string, message: FlowClosedMessage): Promise<boolean> =>
      unlessEnded(() => handleOf(id).signal(messages.flowClosedSignal, message)),

    /** Starts, once for each change, what tells every request that it concerns. */
    async startFanOut(change: DirectoryChange): Promise<void> {
      try {
        await client.workflow.start<typeof requestFanOut>('requestFanOut', {
          workflowId: fanOutWorkflowId(change.eventId),
          taskQueue,
          workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
          staticSummary: publicText(`Tell open requests: ${change.kind.replace('_', ' ')} ${change.changedId}`),
          args: [change],
        })
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
      }
    },

    /** What its workflow says of itself, which needs a worker. @throws when it is not there */
    recordOf: (id: string): Promise<AccessRequest> => handleOf(id).query(messages.recordQuery),

    statusOf: (id: string) => statusOf(client, accessRequestWorkflowId(id)),

    /** Which of these records may differ from their workflows, in pages. */
    suspects: (records: Pick<Recorded, 'surprising' | 'waitingAfter'>, isThorough: boolean) =>
      suspectsOf(
        client,
        { type: 'accessRequest', workflowIdOf: accessRequestWorkflowId, idOf: requestIdOf, ...records },
        isThorough,
      ),

    /** Removes its closed workflow with the history. */
    forget: (id: string): Promise<void> => forgetWorkflow(client, accessRequestWorkflowId(id)),

    /** Runs `work` with calls to Temporal that fail after `ms`. */
    within: <T>(ms: number, work: () => Promise<T>): Promise<T> =>
      client.connection.withDeadline(Date.now() + ms, work),
  }
}

export type RequestsEngine = ReturnType<typeof createRequestsEngine>
