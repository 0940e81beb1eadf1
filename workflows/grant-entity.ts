/** One grant as its workflow holds it: each message is applied as one commit, as for requests. */
import { ActivityFailure, sleep, workflowInfo } from '@temporalio/workflow'
import type { GrantMessage } from '../src/domain/grant/move.ts'
import type { AccessGrant } from '../src/domain/grant/record.ts'
import { fromRefusal } from '../src/domain/shared/errors.ts'
import type { GrantState } from './access-grant.messages.ts'
import { commitGrant, connector, connectorFailureOf, isDatabaseAway } from './activity-options.ts'
import { showGrant } from './describe.ts'
import type { Envelope } from './inbox.ts'

/** How long to leave a connector alone that could not take access away with all its retries, in milliseconds; it doubles. */
const firstPause = 5000
/** Longer pauses keep the history small while a system is away for weeks: a workflow has 51,200 events. */
const longestPause = 60 * 60 * 1000

export function createGrantEntity(first: AccessGrant) {
  let grant = first

  async function commit({ message, id, isSignal, isSealed }: Envelope<GrantMessage>): Promise<void> {
    const at = new Date().toISOString()
    const { stored, refusal } = await commitGrant({ grant, message, messageId: id, at, isSignal, isSealed })
    if (stored) grant = stored
    showGrant(grant)
    if (refusal) throw fromRefusal(refusal)
  }

  /** What the workflow says to its own grant. @param place tells two of the same kind apart */
  function commitOwn(message: GrantMessage, place: string | number = grant.version): Promise<void> {
    const id = `${workflowInfo().runId}/${message.type}/${place}`
    return commit({ message, id, isSignal: false, isSealed: true })
  }

  /** Never gives up: access that should be gone is asked for again, and administrators hear of it once. */
  async function remove(): Promise<void> {
    let failures = 0
    for (let pause = firstPause; grant.end && !grant.endedAt; pause = Math.min(pause * 2, longestPause)) {
      try {
        await connector.removeAccess(grant)
        await commitOwn({ type: 'takenAway' })
      } catch (error) {
        if (!(error instanceof ActivityFailure)) throw error
        // A commit waits until the database is back; then the system is asked again.
        if (isDatabaseAway(error)) await commitOwn({ type: 'lookAgain' })
        else {
          // A failure makes no new version of the grant: it is known by its number.
          failures += 1
          const { message } = connectorFailureOf(error)
          await commitOwn({ type: 'notTakenAway', message }, `${grant.version}.${failures}`)
          await sleep(pause)
        }
      }
    }
  }

  const state = (): GrantState => ({ grant, endedAt: grant.endedAt })

  return {
    /** The grant as it is now. */
    record: () => grant,
    state,

    /** The row may know more: this workflow may have been started anew from an older record. */
    async begin(): Promise<void> {
      await commitOwn({ type: 'lookAgain' })
      await remove()
    },

    /** Carries a message out, with the taking away that follows from it. @throws DomainError, the refusal by the rules */
    async apply(envelope: Envelope<GrantMessage>): Promise<GrantState> {
      await commit(envelope)
      await remove()
      return state()
    },

    /** Tells its user that it ends soon. */
    announce: (): Promise<void> => commitOwn({ type: 'announce' }),

    /** Its time is over. */
    async expire(): Promise<void> {
      await commitOwn({ type: 'expire' })
      await remove()
    },
  }
}
