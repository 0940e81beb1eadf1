/**
 * The life of one access request.
 *
 * It is submitted, waits for one message at a time, applies it, and ends approved, denied, canceled or expired.
 * Updates (from our HTTP API) and signals (from other systems) go through the same inbox and the same rules.
 * Each message is one commit (`request-entity.ts`): judged by the directory of that moment and written to the row.
 */
import type { RawValue } from '@temporalio/common'
import { CancellationScope, condition, setHandler } from '@temporalio/workflow'
import type { Message } from '../src/domain/request/messages.ts'
import { parseDecide, parseFlowClosed, parseOverride, parseWithdraw } from '../src/domain/request/messages.ts'
import type { AccessRequest, RequestStatus } from '../src/domain/request/record.ts'
import { isOpen } from '../src/domain/request/record.ts'
import { refuseEarly } from '../src/domain/request/rules.ts'
import { viewRequest } from '../src/domain/request/view.ts'
import type { Carried } from './access-request.messages.ts'
import * as messages from './access-request.messages.ts'
import { createInbox, isCarriedOut, read, refusing, unreadSignal, unreadUpdate } from './inbox.ts'
import { createRequestEntity } from './request-entity.ts'
import { startWaitingForEnd } from './start-grant.ts'

/** `request` is what its row says: version 1 as it was submitted, or a later one when its workflow is started anew. */
export interface AccessRequestInput {
  request: AccessRequest
}

type Parse = (raw: unknown) => Message

const now = () => new Date().toISOString()
const parseOverrideNow: Parse = (raw) => parseOverride(raw, now())

/** @returns the final status, when everything is recorded and every caller has an answer */
export function accessRequest({ request: first }: AccessRequestInput): Promise<RequestStatus> {
  const canceled = CancellationScope.current().cancelRequested
  const entity = createRequestEntity(first, canceled)
  const inbox = createInbox<Message, Carried>(entity.apply)

  setHandler(messages.stateQuery, () => viewRequest(entity.record()))
  setHandler(messages.recordQuery, entity.record)

  onUpdate(messages.decideUpdate, parseDecide)
  onUpdate(messages.overrideUpdate, parseOverrideNow)
  onUpdate(messages.withdrawUpdate, parseWithdraw)

  onSignal(messages.decideSignal, parseDecide)
  onSignal(messages.overrideSignal, parseOverrideNow)
  onSignal(messages.withdrawSignal, parseWithdraw)
  onSignal(messages.flowClosedSignal, parseFlowClosed)
  setHandler(messages.directoryChangedSignal, () => inbox.notice({ type: 'directoryChanged' }))
  void canceled.catch(() => inbox.notice({ type: 'workflowEnded' }))

  return CancellationScope.nonCancellable(live)

  async function live(): Promise<RequestStatus> {
    await entity.begin()
    while (isOpen(entity.record())) {
      const hasMessage = await condition(() => !inbox.isEmpty(), untilExpiry(entity.record()))
      if (hasMessage) await inbox.next()
      else await entity.expire()
    }
    const closed = entity.record()
    if (closed.grant?.expiresAt) await startWaitingForEnd(closed, closed.grant)
    await Promise.all([entity.undoGives(), inbox.drain()])
    return entity.record().status
  }

  /** What no change of the directory can make right is refused before it enters history. */
  function onUpdate({ name }: { name: string }, parse: Parse): void {
    const validator = refusing((raw?: RawValue) => {
      const message = parse(read(raw))
      if (!isCarriedOut(entity.record())) refuseEarly(entity.record(), message, now())
    })
    setHandler(unreadUpdate<Carried>(name), (raw) => inbox.answer(name as Message['type'], raw, parse), { validator })
  }

  function onSignal({ name }: { name: string }, parse: Parse): void {
    setHandler(unreadSignal(name), (raw) => inbox.put(name as Message['type'], raw, parse))
  }
}

/** Milliseconds; at least one, because a timer of none would never fire. */
function untilExpiry(request: AccessRequest): number {
  return Math.max(1, Date.parse(request.expiresAt ?? now()) - Date.now())
}
