/**
 * One access request as its workflow holds it: each message is applied as one commit, and what the row says then is what
 * goes on from there, whoever was first.
 */
import { workflowInfo } from '@temporalio/workflow'
import type { Message, OwnMessage } from '../src/domain/request/messages.ts'
import type { AccessRequest } from '../src/domain/request/record.ts'
import { isOpen } from '../src/domain/request/record.ts'
import { refuseUnlessDecidable } from '../src/domain/request/rules.ts'
import { fromRefusal } from '../src/domain/shared/errors.ts'
import type { Carried } from './access-request.messages.ts'
import { commitRequest } from './activity-options.ts'
import { askConnector, undoGiveAt } from './ask-connector.ts'
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
