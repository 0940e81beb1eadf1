/** Asks the connected system of the request's group to put the requester in, and one that was asked in vain to take them out. */
import { ActivityFailure, CancellationScope, isCancellation } from '@temporalio/workflow'
import type { GiveAccessResult } from '../activities/index.ts'
import type { OwnMessage } from '../src/domain/request/messages.ts'
import type { AccessRequest } from '../src/domain/request/record.ts'
import { connector, connectorFailureOf, isDatabaseAway, isRefusal, untilAnswered } from './activity-options.ts'

/**
 * Resolves when the system has answered, or its tries are used up, or the workflow is canceled.
 * @param canceled rejects when an operator cancels the workflow
 * @returns what to say to the request
 */
export async function askConnector(request: AccessRequest, canceled: Promise<never>): Promise<OwnMessage> {
  const asked = request.provisioning?.connectorId
  // Decided when the directory itself was the target: the next look tells whether it still is.
  if (!asked) return { type: 'lookAgain' }
  try {
    const given = await untilCanceled(() => connector.giveAccess(request), canceled)
    return given ? { type: 'given', ...given } : { type: 'lookAgain' }
  } catch (error) {
    if (isCancellation(error)) return { type: 'workflowEnded' }
    if (!(error instanceof ActivityFailure)) throw error
    // The next commit waits until the database is back; then the system is asked again.
    if (isDatabaseAway(error)) return { type: 'lookAgain' }
    return { type: 'notGiven', connectorId: asked, ...connectorFailureOf(error) }
  }
}

/** Tries that may take ten minutes are given up at once. */
function untilCanceled(ask: () => Promise<GiveAccessResult>, canceled: Promise<never>): Promise<GiveAccessResult> {
  const scope = new CancellationScope()
  canceled.catch(() => scope.cancel())
  return scope.run(ask)
}

/**
 * A system that did not answer may have given the access all the same: it is told to take it back, for as long as it
 * stays away. When it refuses there is nothing more to do.
 */
export async function undoGiveAt(request: AccessRequest, connectorId: string): Promise<void> {
  try {
    await untilAnswered.undoGiveAccess(request, connectorId)
  } catch (error) {
    if (!(error instanceof ActivityFailure && isRefusal(error))) throw error
  }
}
