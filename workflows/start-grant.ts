/** Hands a timed grant to a workflow of its own, which outlives the request's. */
import { TypedSearchAttributes, WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import { ParentClosePolicy, startChild, WorkflowIdReusePolicy } from '@temporalio/workflow'
import { grantOf } from '../src/domain/grant/record.ts'
import type { AccessRequest, Grant } from '../src/domain/request/record.ts'
import { publicText } from '../src/domain/shared/public-text.ts'
import { accessGrantWorkflowId } from '../src/domain/shared/workflow-ids.ts'
import { accessGrant } from './access-grant.workflow.ts'
import { approvalFlowId, requesterId } from './search-attributes.ts'

/** Resolves when the grant's workflow runs; one that a reset of the request finds running already goes on. */
export async function startWaitingForEnd(request: AccessRequest, grant: Grant): Promise<void> {
  try {
    await startChild(accessGrant, {
      workflowId: accessGrantWorkflowId(grant.id),
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: publicText(`Timed access: ${request.flow.name}`),
      typedSearchAttributes: new TypedSearchAttributes([
        { key: requesterId, value: request.requester.id },
        { key: approvalFlowId, value: request.flow.id },
      ]),
      args: [{ grant: grantOf(request, grant) }],
    })
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
}
