/** The one door to the workflows that wait for the end of grants: their ids, start, messages, and what the server knows. */
import type { Client } from '@temporalio/client'
import { WithStartWorkflowOperation, WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { TypedSearchAttributes, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common'
import * as messages from '../../../workflows/access-grant.messages.ts'
import type { accessGrant } from '../../../workflows/access-grant.workflow.ts'
import type { AccessGrant, ExtendMessage, ReturnMessage, RevokeMessage } from '../../domain/grant/record.ts'
import { publicText } from '../../domain/shared/public-text.ts'
import { accessGrantWorkflowId, grantIdOf } from '../../domain/shared/workflow-ids.ts'
import { forgetWorkflow, type Recorded, statusOf, suspectsOf, unlessEnded } from '../../platform/engine/executions.ts'
import { approvalFlowId, requesterId } from '../../platform/engine/search-attributes.ts'
import { sendUpdateStarting, type UpdateOutcome } from '../../platform/engine/send-update.ts'

export interface GrantsEngineDeps {
  client: Client
  taskQueue: string
}

const updates = { revoke: messages.revokeUpdate, return: messages.returnUpdate, extend: messages.extendUpdate }

/** What is said to one grant, with the id that is the same for every repetition of it. */
export type GrantUpdate = { grant: AccessGrant; operationId: string } & (
  | { type: 'revoke'; message: RevokeMessage }
  | { type: 'return'; message: ReturnMessage }
  | { type: 'extend'; message: ExtendMessage }
)

/** @returns false when its workflow has ended: its end is being recorded at this moment */
async function unlessEnding(run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run()
    return true
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false
    throw error
  }
}

export function createGrantsEngine({ client, taskQueue }: GrantsEngineDeps) {
  const handleOf = (id: string) => client.workflow.getHandle(accessGrantWorkflowId(id))

  const optionsFor = (grant: AccessGrant) => ({
    workflowId: accessGrantWorkflowId(grant.id),
    taskQueue,
    // One that was terminated from outside is started anew: the access is still there.
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    staticSummary: publicText(`Access: ${grant.flowName}`),
    typedSearchAttributes: new TypedSearchAttributes([
      { key: requesterId, value: grant.user.id },
      { key: approvalFlowId, value: grant.flowId },
    ]),
    args: [{ grant }] as [{ grant: AccessGrant }],
  })

  return {
    /** Starts what waits for the end of the grant, once, however often it is asked to. */
    async start(grant: AccessGrant): Promise<void> {
      await unlessEnding(() => client.workflow.start<typeof accessGrant>('accessGrant', optionsFor(grant)))
    },

    /** Has its workflow compare the grant with its row and the directory; starts the workflow when there is none. */
    async lookAgain(grant: AccessGrant): Promise<void> {
      await unlessEnding(() =>
        client.workflow.signalWithStart<typeof accessGrant, []>('accessGrant', {
          ...optionsFor(grant),
          signal: messages.lookAgainSignal,
          signalArgs: [],
        }),
      )
    },

    /** The same for one whose workflow was seen to run. @returns false when it has ended meanwhile */
    tellToLookAgain: (id: string): Promise<boolean> => unlessEnded(() => handleOf(id).signal(messages.lookAgainSignal)),

    /**
     * Starts the workflow when it does not run.
     * @param deadlineMs how long the caller waits for the outcome, in milliseconds
     * @returns 'ended' when its workflow has ended meanwhile
     * @throws DomainError by the rules, or `engine_unavailable`
     */
    async update(
      { type, grant, message, operationId }: GrantUpdate,
      deadlineMs: number,
    ): Promise<UpdateOutcome<messages.GrantState> | 'ended'> {
      try {
        return await sendUpdateStarting<messages.GrantState, [unknown], typeof accessGrant>(client, {
          update: updates[type],
          args: [message],
          updateId: operationId,
          deadlineMs,
          // Each try needs one of its own.
          start: () => new WithStartWorkflowOperation<typeof accessGrant>('accessGrant', optionsFor(grant)),
        })
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return 'ended'
        throw error
      }
    },

    /** What its workflow says of itself, which needs a worker. @throws when it is not there */
    recordOf: async (id: string): Promise<AccessGrant> => (await handleOf(id).query(messages.grantStateQuery)).grant,

    statusOf: (id: string) => statusOf(client, accessGrantWorkflowId(id)),

    /** Which of these grants may differ from their workflows, in pages. */
    suspects: (records: Pick<Recorded, 'surprising' | 'waitingAfter'>, isThorough: boolean) =>
      suspectsOf(
        client,
        { type: 'accessGrant', workflowIdOf: accessGrantWorkflowId, idOf: grantIdOf, ...records },
        isThorough,
      ),

    /** Removes its closed workflow with the history. */
    forget: (id: string): Promise<void> => forgetWorkflow(client, accessGrantWorkflowId(id)),
  }
}

export type GrantsEngine = ReturnType<typeof createGrantsEngine>
