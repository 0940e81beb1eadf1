/**
 * The life of one access request.
 *
 * It is submitted, waits for one message at a time, carries it out, and ends approved, denied, canceled or expired.
 * Updates (from our HTTP API) and signals (from other systems) go through the same inbox and the same rules;
 * every effect on the world happens in the loop, in order.
 */
import { condition, setHandler } from '@temporalio/workflow'
import type { AccessRequest, RequestStatus } from '../src/domain/access-request.ts'
import { isOpen } from '../src/domain/access-request.ts'
import { refuseEarly } from '../src/domain/admission.ts'
import type { Message } from '../src/domain/messages.ts'
import { parseDecide, parseFlowClosed, parseOverride, parseWithdraw } from '../src/domain/messages.ts'
import { closeFlow, expire, withdraw } from '../src/domain/outcomes.ts'
import { refuseUnlessDecidable } from '../src/domain/refusals.ts'
import type { Transition } from '../src/domain/transition.ts'
import { decide, override, refresh } from '../src/domain/transitions.ts'
import { viewRequest } from '../src/domain/view.ts'
import type { Carried } from './access-request.messages.ts'
import * as messages from './access-request.messages.ts'
import { inOrder, ordered } from './durable-order.ts'
import { giveAccess, takeBack } from './give-access.ts'
import { createInbox, refusing, unreadSignal } from './inbox.ts'
import { createRecorder } from './recorder.ts'
import { startWaitingForEnd } from './start-grant.ts'

/** `request` is version 1, as its submission has put it into the queue. */
export interface AccessRequestInput {
  request: AccessRequest
}

const now = () => new Date().toISOString()
const override_ = (raw: unknown) => parseOverride(raw, now())

/** @returns the final status, when everything is recorded and every caller has an answer */
export async function accessRequest(input: AccessRequestInput): Promise<RequestStatus> {
  let request = input.request
  let mayBeHalfGiven = false
  const recorder = createRecorder(request)
  const inbox = createInbox<Message, Carried>((refused) => recorder.recordRefusal(request, refused))

  const validate = (parse: (raw: unknown) => Message) => ({
    validator: refusing((raw: unknown) => refuseEarly(request, parse(raw), now())),
  })
  setHandler(messages.stateQuery, () => viewRequest(request))
  setHandler(messages.decideUpdate, (raw) => inbox.answer(parseDecide(raw)), validate(parseDecide))
  setHandler(messages.overrideUpdate, (raw) => inbox.answer(override_(raw)), validate(override_))
  setHandler(messages.withdrawUpdate, (raw) => inbox.answer(parseWithdraw(raw)), validate(parseWithdraw))
  const hear = ({ name }: { name: string }, parse: (raw: unknown) => Message) =>
    setHandler(unreadSignal(name), (raw) => inbox.put(name as Message['type'], raw, parse))
  hear(messages.decideSignal, parseDecide)
  hear(messages.overrideSignal, override_)
  hear(messages.withdrawSignal, parseWithdraw)
  hear(messages.flowClosedSignal, parseFlowClosed)
  hear(messages.directoryChangedSignal, () => ({ type: 'directoryChanged' }))

  async function follow(transition: Transition): Promise<void> {
    request = transition.request
    if (request.provisioning) {
      transition = await giveAccess(transition, recorder, now)
      request = transition.request
      mayBeHalfGiven ||= request.status === 'error' && request.flow.connectorId !== null
    }
    await recorder.record(transition)
  }

  const carried = (): Carried => ({ status: request.status, version: request.version })

  async function carryOut(message: Message): Promise<Carried> {
    const transition = await next(request, message)
    if (transition) await follow(transition)
    refuseIfLost(request, message)
    return carried()
  }

  async function answerLate(message: Message): Promise<Carried> {
    refuseLate(request, message)
    return carried()
  }

  if (request.provisioning) await follow({ request, events: [] })
  while (isOpen(request)) {
    const isHeard = await condition(() => !inbox.isEmpty(), untilExpiry(request))
    if (isHeard) await inbox.next(carryOut)
    else await follow(await inOrder((at) => expire(request, at)))
  }

  if (request.grant?.expiresAt) await startWaitingForEnd(request, request.grant)
  if (mayBeHalfGiven && !request.grant) void takeBack(request).finally(() => (mayBeHalfGiven = false))
  else mayBeHalfGiven = false
  await inbox.drain(answerLate, () => recorder.isSettled() && !mayBeHalfGiven)
  return request.status
}

/** What a message does to the request; nothing when it changes nothing. */
async function next(request: AccessRequest, message: Message): Promise<Transition | undefined> {
  if (message.type === 'flowClosed') return inOrder((at) => closeFlow(request, message, at))
  const at = now()
  if (message.type === 'directoryChanged') {
    const query = { requesterId: request.requester.id, approvers: request.flow.approvers }
    return refresh(request, await ordered.lookUpDirectory(query), at)
  }
  refuseEarly(request, message, at)
  const context = { actor: await ordered.lookUpActor(message.by), now: at }
  if (message.type === 'decide') return decide(request, message, context)
  if (message.type === 'override') return override(request, message, context)
  return withdraw(request, message, context)
}

/** Whoever asked for access and met the closing of the flow is told so: a refusal never looks like success. */
function refuseIfLost(request: AccessRequest, message: Message): void {
  const asksForAccess = 'decision' in message && message.decision !== 'deny'
  if (asksForAccess && request.status === 'canceled') refuseUnlessDecidable(request)
}

/** News for a closed request are no news; a decision that came too late is told who won. */
function refuseLate(request: AccessRequest, message: Message): void {
  if (message.type !== 'flowClosed' && message.type !== 'directoryChanged') refuseUnlessDecidable(request)
}

/** Milliseconds; at least one, because a timer of none would never fire. */
function untilExpiry(request: AccessRequest): number {
  return Math.max(1, Date.parse(request.expiresAt ?? now()) - Date.now())
}
