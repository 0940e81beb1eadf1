/** Revoking and extending, through the grant's workflow; one without an end gets its workflow now. */
import type { Client } from '@temporalio/client'
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import * as messages from '../../../workflows/access-grant.messages.ts'
import type { ExtendMessage, RevokeMessage } from '../../domain/grant/record.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import { type Said, type Saying, sayStarting } from '../../platform/engine/send-update.ts'
import type { GrantsRepository } from './grants.repository.ts'
import type { GrantStarter } from './grants.starter.ts'

export interface GrantCommandDeps {
  client: Client
  grants: Pick<GrantsRepository, 'find'>
  starter: GrantStarter
  /** Milliseconds. */
  deadlineMs?: number
}

export function createGrantCommands({ client, grants, starter, deadlineMs = 10_000 }: GrantCommandDeps) {
  // oxlint-disable-next-line max-params -- what, to whom, with which words, under which id
  async function tell<Message>(
    update: Saying<messages.GrantState, [Message]>['update'],
    id: string,
    message: Message,
    operationId: string,
  ): Promise<Said<messages.GrantState>> {
    const grant = await grants.find(id)
    if (!grant) throw new DomainError('not_found', 'There is no such grant.')
    // What this very call has done before is no refusal.
    if (grant.carriedOut.includes(operationId)) return { known: true, result: { grant, endedAt: grant.endedAt } }
    if (grant.endedAt) throw ended(grant.endedAt)
    // Each try needs one of its own.
    const start = () => starter.operation(grant)
    try {
      return await sayStarting(client, { update, args: [message], updateId: operationId, deadlineMs, start })
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
      // It has ended meanwhile, and this very call may be what ended it: its answer was lost.
      const now = await grants.find(id)
      if (!now?.carriedOut.includes(operationId)) throw ended(now?.endedAt ?? null)
      return { known: true, result: { grant: now, endedAt: now.endedAt } }
    }
  }

  return {
    /** @returns whether the access is gone; false while its connector is still being asked */
    async revoke(id: string, message: RevokeMessage, operationId: string): Promise<{ isKnown: boolean }> {
      return { isKnown: (await tell(messages.revokeUpdate, id, message, operationId)).known }
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
