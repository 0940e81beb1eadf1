/** Revoking and extending, through the grant's workflow; one without an end gets its workflow now. */
import type { AccessGrant, ExtendMessage, ReturnMessage, RevokeMessage } from '../../domain/grant/record.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { GrantsEngine, GrantUpdate } from './grants.engine.ts'
import { listOfSuspended } from './grants.repository.ts'

export interface GrantCommandDeps {
  db: DbOrTx
  engine: Pick<GrantsEngine, 'update' | 'lookAgain'>
  findGrant: (id: string) => Promise<AccessGrant | undefined>
  /** Milliseconds. */
  deadlineMs?: number
}

export function createGrantCommands({ db, engine, findGrant, deadlineMs = 10_000 }: GrantCommandDeps) {
  /** @returns whether the outcome is known. @throws DomainError by the rules */
  async function updateWorkflow(
    id: string,
    operationId: string,
    updateOf: (grant: AccessGrant) => GrantUpdate,
  ): Promise<{ isKnown: boolean }> {
    const grant = await findGrant(id)
    if (!grant) throw new DomainError('not_found', 'There is no such grant.')
    // What this very call has done before is no refusal.
    if (grant.carriedOut.includes(operationId)) return { isKnown: true }
    if (grant.endedAt) throw ended(grant.endedAt)
    const outcome = await engine.update(updateOf(grant), deadlineMs)
    if (outcome !== 'ended') return { isKnown: outcome.known }
    // This very call may be what ended it: its answer was lost.
    const now = await findGrant(id)
    if (!now?.carriedOut.includes(operationId)) throw ended(now?.endedAt ?? null)
    return { isKnown: true }
  }

  return {
    /** @returns whether the access is gone; false while its connector is still being asked */
    revoke: (id: string, message: RevokeMessage, operationId: string) =>
      updateWorkflow(id, operationId, (grant) => ({ type: 'revoke', grant, message, operationId })),

    /** @returns as `revoke` does */
    giveBack: (id: string, message: ReturnMessage, operationId: string) =>
      updateWorkflow(id, operationId, (grant) => ({ type: 'return', grant, message, operationId })),

    extend: (id: string, message: ExtendMessage, operationId: string) =>
      updateWorkflow(id, operationId, (grant) => ({ type: 'extend', grant, message, operationId })),

    /**
     * Has the workflows of a user's grants see that the user was suspended, in the order of their ids: to be done again
     * until all of them are told.
     */
    async endAccessOfSuspended(userId: string): Promise<void> {
      for (const id of await listOfSuspended(db, userId)) {
        const grant = await findGrant(id)
        if (grant) await engine.lookAgain(grant)
      }
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
