/**
 * One move of a request: it is looked at again as the directory is at this moment, then the message is judged, and what
 * was granted is given where the directory itself is the target. Pure: a refusal comes out as data, with whatever the
 * second look has changed.
 */

import { addDuration } from '../shared/duration.ts'
import { DomainError } from '../shared/errors.ts'
import { decide, override, refresh } from './decisions.ts'
import type { Facts } from './facts.ts'
import { advance, approve, cancel, closeFlow, expire, fail, type Transition, withdraw } from './lifecycle.ts'
import type { Message, OverrideMessage } from './messages.ts'
import type { AccessRequest, Grant, PendingGrant } from './record.ts'
import { isOpen } from './record.ts'
import { lastsUntil, refuseEndingEarlier } from './rules.ts'

export interface MoveContext {
  facts: Facts
  /** RFC 3339 */
  at: string
  /** Id of the grant that this move may give. */
  grantId: string
}

export interface Moved extends Transition {
  /** Why the message changed nothing, or null. */
  refusal: DomainError | null
}

/** The request after `message`; the same version when nothing has changed. */
export function move(request: AccessRequest, message: Message, context: MoveContext): Moved {
  const looked = lookAgain(request, context)
  const before = request.provisioning ? looked : giveOrAsk(looked, context)
  try {
    const after = follow(before, apply(before.request, message, context))
    return { ...giveOrAsk(after, context), refusal: null }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { ...before, refusal: error }
  }
}

function follow(first: Transition, second: Transition | undefined): Transition {
  return second ? { request: second.request, events: [...first.events, ...second.events] } : first
}

/** Closed when its flow is closed or its requester suspended by now; else with the people and approvers of now. */
function lookAgain(request: AccessRequest, { facts, at }: MoveContext): Transition {
  const same: Transition = { request, events: [] }
  if (!isOpen(request)) return same
  if (facts.flow !== 'open') return closeFlow(request, { cause: facts.flow }, at)
  if (!facts.requester?.activated) return cancel(request, 'requester_suspended', { by: null, now: at })
  const { activated: _, ...requester } = facts.requester
  const current = { ...request, requester }
  if (request.provisioning) return { request: current, events: [] }
  return refresh(request, facts, at) ?? { request: current, events: [] }
}

// oxlint-disable-next-line complexity -- a table of the product, one case a message
function apply(request: AccessRequest, message: Message, context: MoveContext): Transition | undefined {
  const { at, facts } = context
  const acting = { actor: facts.actor, now: at }
  switch (message.type) {
    case 'decide':
      return decide(request, message, acting)
    case 'override':
      refuseShortening(request, message, context)
      return override(request, message, acting)
    case 'withdraw':
      return withdraw(request, message, acting)
    case 'flowClosed':
      return isOpen(request) ? closeFlow(request, message, at) : undefined
    case 'workflowEnded':
    case 'superseded':
      return isOpen(request) ? cancel(request, 'workflow_ended', { by: null, now: at }) : undefined
    case 'expire':
      return isDue(request, at) ? expire(request, at) : undefined
    case 'given':
      return given(request, message, context)
    case 'notGiven':
      return notGiven(request, message, context)
    case 'takenBack':
      return takenBack(request, message.connectorId)
    case 'unreadable':
      throw new DomainError(message.code, message.detail)
    case 'lookAgain':
    case 'directoryChanged':
      return undefined
  }
}

/** @throws DomainError `invalid_input` when a shortened duration would end before access that the requester has already */
function refuseShortening({ requestedDuration }: AccessRequest, message: OverrideMessage, { facts, at }: MoveContext) {
  const { duration } = message
  if (duration !== requestedDuration) refuseEndingEarlier(facts.target.held, { duration, now: at, path: 'duration' })
}

function isDue(request: AccessRequest, at: string): boolean {
  return isOpen(request) && !request.provisioning && request.expiresAt !== null && request.expiresAt <= at
}

function takenBack(request: AccessRequest, connectorId: string): Transition | undefined {
  if (!request.askedConnectors.includes(connectorId)) return undefined
  const askedConnectors = without(request, connectorId)
  return { request: advance(request, request.updatedAt, { askedConnectors }), events: [] }
}

function without({ askedConnectors }: AccessRequest, connectorId: string | null): string[] {
  return askedConnectors.filter((id) => id !== connectorId)
}

/** The connected system has put the requester in. It counts unless the target is another one by now, or they were taken out meanwhile. */
function given(
  request: AccessRequest,
  { connectorId, removals }: Extract<Message, { type: 'given' }>,
  context: MoveContext,
): Transition | undefined {
  const { target } = context.facts
  if (!isOpen(request) || !request.provisioning) return undefined
  if (target.groupName === null || target.connectorId !== connectorId || target.removals !== removals) return undefined
  return approveAt(request, connectorId, context)
}

function notGiven(
  request: AccessRequest,
  message: Extract<Message, { type: 'notGiven' }>,
  { facts, at }: MoveContext,
): Transition | undefined {
  if (!isOpen(request) || !request.provisioning) return undefined
  // Another system has become the target meanwhile: it is asked instead.
  if (facts.target.groupName !== null && facts.target.connectorId !== message.connectorId) return undefined
  return fail(request, message, at)
}

/** Access that was decided: given at once in the directory itself, or to be asked of a connected system. */
function giveOrAsk(transition: Transition, context: MoveContext): Transition {
  const { request } = transition
  const { groupName, connectorId } = context.facts.target
  if (!isOpen(request) || !request.provisioning) return transition
  if (groupName === null) return follow(transition, fail(request, groupIsGone, context.at))
  if (connectorId === null) return follow(transition, approveAt(request, null, context))
  if (request.provisioning.connectorId === connectorId) return transition
  const asked = advance(request, context.at, {
    provisioning: { ...request.provisioning, connectorId },
    askedConnectors: [...without(request, connectorId), connectorId],
  })
  return follow(transition, { request: asked, events: [] })
}

const groupIsGone = {
  message: 'The user group of this flow no longer exists. Deny the request, or restore the group.',
  attempts: 1,
}

function approveAt(
  request: AccessRequest,
  connectorId: string | null,
  { facts, at, grantId }: MoveContext,
): Transition {
  const { duration } = request.provisioning as PendingGrant
  const { held } = facts.target
  const expiresAt = duration ? addDuration(at, duration) : null
  const grant: Grant = {
    id: grantId,
    connectorId,
    startedAt: at,
    expiresAt,
    endedAt: null,
    endedBy: null,
    ...(held && lastsUntil(held, expiresAt) ? { alreadyHeld: held } : {}),
  }
  const approved = approve(request, grant, at)
  return { ...approved, request: { ...approved.request, askedConnectors: without(request, connectorId) } }
}
