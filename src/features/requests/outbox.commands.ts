/** Hands changes to the workflow that tells open requests of them, and signals one request. */
import type { Client } from '@temporalio/client'
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client'
import { WorkflowIdReusePolicy } from '@temporalio/common'
import type { FanOutSubject } from '../../../activities/index.ts'
import { directoryChangedSignal, flowClosedSignal } from '../../../workflows/access-request.messages.ts'
import type { requestFanOut } from '../../../workflows/fan-out.workflow.ts'
import { publicText } from '../../domain/shared/public-text.ts'
import { accessRequestWorkflowId, fanOutWorkflowId } from '../../domain/shared/workflow-ids.ts'
import type { GrantsRepository } from '../grants/grants.repository.ts'
import type { GrantStarter } from '../grants/grants.starter.ts'
import type { OutboxRepository } from './outbox.repository.ts'
import type { RequestsRepository } from './requests.repository.ts'

export interface OutboxDeps {
  client: Client
  taskQueue: string
  outbox: OutboxRepository
  requests: RequestsRepository
  grants: Pick<GrantsRepository, 'ofSuspended' | 'find'>
  grantStarter: Pick<GrantStarter, 'lookAgain'>
}

export function createOutboxCommands({ client, taskQueue, outbox, requests, grants, grantStarter }: OutboxDeps) {
  /** Ends the access of somebody who was suspended, in the order of its ids: to be done again until all of it is told. */
  async function endAccessOf({ kind, subjectId }: FanOutSubject): Promise<void> {
    if (kind !== 'user_changed') return
    for (const id of await grants.ofSuspended(subjectId)) {
      const grant = await grants.find(id)
      if (grant) await grantStarter.lookAgain(grant)
    }
  }

  async function startFanOut(subject: FanOutSubject): Promise<void> {
    try {
      await client.workflow.start<typeof requestFanOut>('requestFanOut', {
        workflowId: fanOutWorkflowId(subject.eventId),
        taskQueue,
        workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
        staticSummary: publicText(`Tell open requests: ${subject.kind.replace('_', ' ')} ${subject.subjectId}`),
        args: [subject],
      })
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    }
  }

  return {
    /**
     * Starts what tells open requests of each waiting change, and ends the access of those who were suspended; a change
     * that concerns nobody (any more) is done. @returns how many were handed on
     */
    async handOn(alreadyHandedOn: Set<string>): Promise<number> {
      const waiting = (await outbox.waiting()).filter(({ eventId }) => !alreadyHandedOn.has(eventId))
      for (const subject of waiting) {
        await endAccessOf(subject)
        const concerned = await outbox.page(subject, null, 1)
        if (concerned.length === 0) await outbox.done(subject.eventId)
        else await startFanOut(subject)
        alreadyHandedOn.add(subject.eventId)
      }
      return waiting.length
    },

    /** Tells one request. A workflow that is not found has ended, or has not been started yet. */
    async signal(requestId: string, { kind }: FanOutSubject): Promise<'signalled' | 'closed' | 'not_started'> {
      const handle = client.workflow.getHandle(accessRequestWorkflowId(requestId))
      try {
        if (kind === 'flow_deleted') await handle.signal(flowClosedSignal, { cause: 'deleted' })
        else if (kind === 'flow_disabled') await handle.signal(flowClosedSignal, { cause: 'disabled' })
        else await handle.signal(directoryChangedSignal, {})
        return 'signalled'
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error
        return (await requests.isStarted(requestId)) ? 'closed' : 'not_started'
      }
    },
  }
}
