/**
 * The life of one access request.
 *
 * It is submitted, waits for one message at a time, carries it out, and ends approved, denied, canceled or expired.
 * Updates (from our HTTP API) and signals (from other systems) go through the same inbox and the same rules.
 * Each message is one commit: judged by the directory of that moment and written to the row, and what the row says
 * then is what the workflow goes on from.
 */
import type { RawValue } from '@temporalio/common'
import { CancellationScope, condition, setHandler, workflowInfo } from '@temporalio/workflow'
import type { Message, OwnMessage } from '../src/domain/request/messages.ts'
import { parseDecide, parseFlowClosed, parseOverride, parseWithdraw } from '../src/domain/request/messages.ts'
import type { AccessRequest, RequestStatus } from '../src/domain/request/record.ts'
import { isOpen } from '../src/domain/request/record.ts'
import { refuseEarly, refuseUnlessDecidable } from '../src/domain/request/rules.ts'
import { viewRequest } from '../src/domain/request/view.ts'
import { fromRefusal } from '../src/domain/shared/errors.ts'
import type { Carried } from './access-request.messages.ts'
import * as messages from './access-request.messages.ts'
import { commitRequest } from './activity-options.ts'
import { askConnector, takeBackAt } from './ask-connector.ts'
import { showRequest } from './describe.ts'
import { createInbox, type Envelope, isCarriedOut, read, refusing, unreadSignal, unreadUpdate } from './inbox.ts'
import { startWaitingForEnd } from './start-grant.ts'

/** `request` is what its row says: version 1 as it was submitted, or a later one when its workflow is started anew. */
export interface AccessRequestInput {
  request: AccessRequest
}

const now = () => new Date().toISOString()
const parseOverrideNow = (raw: unknown) => parseOverride(raw, now())

/** @returns the final status, when everything is recorded and every caller has an answer */
export function accessRequest({ request: first }: AccessRequestInput): Promise<RequestStatus> {
  let request = first
  const inbox = createInbox<Message, Carried>(carryOut)

  const validate = (parse: (raw: unknown) => Message) => ({
    validator: refusing((raw?: RawValue) => {
      const message = parse(read(raw))
      if (!isCarriedOut(request)) refuseEarly(request, message, now())
    }),
  })
  setHandler(messages.stateQuery, () => viewRequest(request))
  setHandler(messages.recordQuery, () => request)
  const answer = ({ name }: { name: string }, parse: (raw: unknown) => Message) =>
    setHandler(unreadUpdate<Carried>(name), (raw) => inbox.answer(name as Message['type'], raw, parse), validate(parse))
  answer(messages.decideUpdate, parseDecide)
  answer(messages.overrideUpdate, parseOverrideNow)
  answer(messages.withdrawUpdate, parseWithdraw)
  const hear = ({ name }: { name: string }, parse: (raw: unknown) => Message) =>
    setHandler(unreadSignal(name), (raw) => inbox.put(name as Message['type'], raw, parse))
  hear(messages.decideSignal, parseDecide)
  hear(messages.overrideSignal, parseOverrideNow)
  hear(messages.withdrawSignal, parseWithdraw)
  hear(messages.flowClosedSignal, parseFlowClosed)
  setHandler(messages.directoryChangedSignal, () => inbox.tell({ type: 'directoryChanged' }))
  const canceled = CancellationScope.current().cancelRequested
  void canceled.catch(() => inbox.tell({ type: 'workflowEnded' }))

  async function commit({ message, id, isSignal, isSealed }: Envelope<Message>): Promise<void> {
    const proposal = { request, message, messageId: id, at: now(), isSignal, isSealed }
    const { stored, refusal } = await commitRequest(proposal)
    const shown = request.status
    request = { ...request, ...stored }
    showRequest(request, shown)
    if (refusal) throw fromRefusal(refusal)
  }

  const say = (message: OwnMessage) =>
    commit({
      message,
      id: `${workflowInfo().runId}/${message.type}/${request.version}`,
      isSignal: false,
      isSealed: true,
    })

  async function carryOut(envelope: Envelope<Message>): Promise<Carried> {
    await commit(envelope)
    await give()
    refuseIfCanceled(request, envelope.message)
    return { status: request.status, version: request.version }
  }

  async function give(): Promise<void> {
    while (isOpen(request) && request.provisioning) await say(await askConnector(request, canceled))
  }

  async function live(): Promise<RequestStatus> {
    showRequest(request, first.status)
    if (request.provisioning) await say({ type: 'begin' })
    await give()
    while (isOpen(request)) {
      const isHeard = await condition(() => !inbox.isEmpty(), untilExpiry(request))
      if (isHeard) await inbox.next()
      else await say({ type: 'expire' })
    }
    if (request.grant?.expiresAt) await startWaitingForEnd(request, request.grant)
    await Promise.all([takeBack(), inbox.drain()])
    return request.status
  }

  async function takeBack(): Promise<void> {
    for (const connectorId of request.askedConnectors) {
      await takeBackAt(request, connectorId)
      await say({ type: 'takenBack', connectorId })
    }
  }

  return CancellationScope.nonCancellable(live)
}

/** Whoever asked for access and met the closing of the flow is told so: a refusal never looks like success. */
function refuseIfCanceled(request: AccessRequest, message: Message): void {
  const asksForAccess = 'decision' in message && message.decision !== 'deny'
  if (asksForAccess && request.status === 'canceled') refuseUnlessDecidable(request)
}

/** Milliseconds; at least one, because a timer of none would never fire. */
function untilExpiry(request: AccessRequest): number {
  return Math.max(1, Date.parse(request.expiresAt ?? now()) - Date.now())
}
