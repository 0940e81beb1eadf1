/** Starts the workflow that waits for the end of a grant, once, however often it is asked to. */
import type { Client } from '@temporalio/client'
import { WithStartWorkflowOperation, WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { TypedSearchAttributes, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common'
import { lookAgainSignal } from '../../../workflows/access-grant.messages.ts'
import type { accessGrant } from '../../../workflows/access-grant.workflow.ts'
import type { AccessGrant } from '../../domain/grant/record.ts'
import { publicText } from '../../domain/shared/public-text.ts'
import { accessGrantWorkflowId } from '../../domain/shared/workflow-ids.ts'
import { approvalFlowId, requesterId } from '../../platform/engine/search-attributes.ts'

export function createGrantStarter({ client, taskQueue }: { client: Client; taskQueue: string }) {
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
    /** For an update that starts the workflow when it does not run. */
    operation: (grant: AccessGrant) =>
      new WithStartWorkflowOperation<typeof accessGrant>('accessGrant', optionsFor(grant)),

    /** Has its workflow compare the grant with its row and the directory; starts the workflow when there is none. */
    async lookAgain(grant: AccessGrant): Promise<void> {
      try {
        await client.workflow.signalWithStart<typeof accessGrant, []>('accessGrant', {
          ...optionsFor(grant),
          signal: lookAgainSignal,
          signalArgs: [],
        })
      } catch (error) {
        // Its end is being recorded at this moment.
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
      }
    },

    async start(grant: AccessGrant): Promise<void> {
      try {
        await client.workflow.start<typeof accessGrant>('accessGrant', optionsFor(grant))
      } catch (error) {
        // Its end is being recorded at this moment.
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
      }
    },
  }
}

export type GrantStarter = ReturnType<typeof createGrantStarter>
