/**
 * One access request as its workflow holds it: each message is applied as one commit, and what the row says then is what
 * goes on from there, whoever was first. When the request's group has a connected system, that one is asked in between.
 */
import { ActivityFailure, CancellationScope, isCancellation, workflowInfo } from '@temporalio/workflow'
import type { GiveAccessResult } from '../activities/index.ts'
import type { Message, OwnMessage } from '../src/domain/request/messages.ts'
import type { AccessRequest } from '../src/domain/request/record.ts'
import { isOpen } from '../src/domain/request/record.ts'
import { refuseUnlessDecidable } from '../src/domain/request/rules.ts'
import { fromRefusal } from '../src/domain/shared/errors.ts'
import type { Carried } from './access-request.messages.ts'
import {
  commitRequest,
  connector,
  connectorFailureOf,
  isDatabaseAway,
  isRefusal,
  untilAnswered,
} from './activity-options.ts'
import { showRequest } from './describe.ts'
import type { Envelope } from './inbox.ts'

/** @param canceled rejects when an operator cancels the workflow */
export function createRequestEntity(first: AccessRequest, canceled: Promise<never>) {
  let request = first

  async function commit({ message, id, isSignal, isSealed }: Envelope<Message>): Promise<void> {
    const at = new Date().toISOString()
    const { stored, refusal } = await commitRequest({ request, message, messageId: id, at, isSignal, isSealed })
    const shown = request.status
    request = { ...request, ...stored }
    showRequest(request, shown)
    if (refusal) throw fromRefusal(refusal)
  }

  /** What the workflow says to its own request. */
  function commitOwn(message: OwnMessage): Promise<void> {
    const id = `${workflowInfo().runId}/${message.type}/${request.version}`
    return commit({ message, id, isSignal: false, isSealed: true })
  }

  async function give(): Promise<void> {
    while (isOpen(request) && request.provisioning) await commitOwn(await askConnector(request, canceled))
  }

  return {
    /** The request as it is now. */
    record: () => request,

    /** An automatic request is given at once. */
    async begin(): Promise<void> {
      showRequest(request, first.status)
      if (request.provisioning) await commitOwn({ type: 'lookAgain' })
      await give()
    },

    /** Carries a message out, with the giving of access that follows from it. @throws DomainError, the refusal by the rules */
    async apply(envelope: Envelope<Message>): Promise<Carried> {
      await commit(envelope)
      await give()
      refuseIfCanceled(request, envelope.message)
      return { status: request.status, version: request.version }
    },

    /** Its time is over, unless somebody has acted meanwhile. */
    expire: (): Promise<void> => commitOwn({ type: 'expire' }),

    /** Connected systems that were asked in vain may have given the access all the same: they are told to undo it. */
    async undoGives(): Promise<void> {
      for (const connectorId of request.askedConnectors) {
        await undoGiveAt(request, connectorId)
        await commitOwn({ type: 'takenBack', connectorId })
      }
    },
  }
}

/** Whoever asked for access and met the closing of the flow is told so: a refusal never looks like success. */
function refuseIfCanceled(request: AccessRequest, message: Message): void {
  const asksForAccess = 'decision' in message && message.decision !== 'deny'
  if (asksForAccess && request.status === 'canceled') refuseUnlessDecidable(request)
}

/**
 * Resolves when the system has answered, or its tries are used up, or the workflow is canceled.
 * @param canceled rejects when an operator cancels the workflow
 * @returns what to say to the request
 */
async function askConnector(request: AccessRequest, canceled: Promise<never>): Promise<OwnMessage> {
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
async function undoGiveAt(request: AccessRequest, connectorId: string): Promise<void> {
  try {
    await untilAnswered.undoGiveAccess(request, connectorId)
  } catch (error) {
    if (!(error instanceof ActivityFailure && isRefusal(error))) throw error
  }
}
