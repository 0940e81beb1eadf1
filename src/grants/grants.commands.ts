/** Revoking and extending, through the grant's workflow; one without an end gets its workflow now. */
import type { Client } from '@temporalio/client'
import { WithStartWorkflowOperation, WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { TypedSearchAttributes, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common'
import * as messages from '../../workflows/access-grant.messages.ts'
import type { accessGrant } from '../../workflows/access-grant.workflow.ts'
import type { AccessGrant, ExtendMessage, RevokeMessage } from '../domain/access-grant.ts'
import { DomainError } from '../domain/errors.ts'
import { publicText } from '../domain/public-text.ts'
import { accessGrantWorkflowId } from '../temporal/ids.ts'
import { type Said, type Saying, sayStarting } from '../temporal/say.ts'
import { approvalFlowId, requesterId } from '../temporal/search-attributes.ts'
import type { GrantsRepository } from './grants.repository.ts'

export interface GrantCommandDeps {
  client: Client
  taskQueue: string
  grants: GrantsRepository
  /** Milliseconds. */
  deadlineMs?: number
}

export function createGrantCommands({ client, taskQueue, grants, deadlineMs = 10_000 }: GrantCommandDeps) {
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
  const startFor = (grant: AccessGrant) =>
    new WithStartWorkflowOperation<typeof accessGrant>('accessGrant', optionsFor(grant))

  // oxlint-disable-next-line max-params -- what, to whom, with which words, under which id
  async function tell<Message>(
    update: Saying<messages.GrantState, [Message]>['update'],
    id: string,
    message: Message,
    operationId: string,
  ): Promise<Said<messages.GrantState>> {
    const found = await grants.find(id)
    if (!found) throw new DomainError('not_found', 'There is no such grant.')
    const { endedAt, ...grant } = found
    if (endedAt) throw ended(endedAt)
    try {
      return await sayStarting(client, {
        update,
        args: [message],
        updateId: operationId,
        deadlineMs,
        start: startFor(grant),
      })
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) throw ended((await grants.find(id))?.endedAt ?? null)
      throw error
    }
  }

  return {
    /** @returns whether the access is gone; false while its connector is still being asked */
    async revoke(id: string, message: RevokeMessage, operationId: string): Promise<{ isKnown: boolean }> {
      return { isKnown: (await tell(messages.revokeUpdate, id, message, operationId)).known }
    },

    /** Every open timed grant has a workflow that waits for its end, whatever became of the first one. */
    async keepWaiting(): Promise<void> {
      for (const id of await grants.timedOpen()) {
        const found = await grants.find(id)
        if (!found || found.endedAt) continue
        const { endedAt: _, ...grant } = found
        await client.workflow.start<typeof accessGrant>('accessGrant', optionsFor(grant)).catch((error: unknown) => {
          // Its end is being recorded at this moment.
          if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
        })
      }
    },

    async extend(id: string, message: ExtendMessage, operationId: string): Promise<{ isKnown: boolean }> {
      return { isKnown: (await tell(messages.extendUpdate, id, message, operationId)).known }
    },
  }
}

function ended(endedAt: string | null): DomainError {
  return new DomainError('grant_ended', `This access has ended already${endedAt ? `, at ${endedAt}` : ''}.`, {
    current: 'ended',
    endedAt,
  })
}

export type GrantCommands = ReturnType<typeof createGrantCommands>
