/**
 * How a request goes on and how it ends, and the error it can come back from: what every move is made of. Pure.
 */
import { addDuration } from '../shared/duration.ts'
import type { Person } from '../shared/person.ts'
import type { RequestEvent } from './events.ts'
import type { ActingUser } from './facts.ts'
import { type FlowClosedMessage, type Origin, viaOf, type WithdrawMessage } from './messages.ts'
import type { AccessRequest, CancelCause, Decision, Grant, PendingGrant, Step } from './record.ts'
import { refuseUnlessActive, refuseUnlessDecidable, refuseUnlessRequester } from './rules.ts'
import { awaitedPeople, isSettled } from './steps.ts'

export interface Transition {
  request: AccessRequest
  events: RequestEvent[]
}

/** The request after a change: one version further. */
export function advance(request: AccessRequest, now: string, change: Partial<AccessRequest>): AccessRequest {
  return { ...request, ...change, version: request.version + 1, updatedAt: now }
}

/** An action starts the clock anew. */
export function renewExpiry(request: AccessRequest, now: string): Pick<AccessRequest, 'expiresAt'> {
  return { expiresAt: addDuration(now, request.expiry) }
}

/** What a record keeps of a user. */
export function personOf({ id, name, email }: Person): Person {
  return { id, name, email }
}

/** Steps nobody has to decide any more. What was missing stays visible as missing. */
export function closeSteps(steps: readonly Step[], state: 'skipped' | 'overridden'): Step[] {
  return steps.map((step) => {
    if (isSettled(step) || (state === 'skipped' && step.state === 'missing')) return step
    return { ...step, state, currentSince: null }
  })
}

/** Who is waited for now and was not before. */
export function newlyAwaited(before: AccessRequest | null, after: Pick<AccessRequest, 'steps'>): RequestEvent[] {
  const known = new Set(before ? awaitedPeople(before).map(({ id }) => id) : [])
  const people = awaitedPeople(after).filter(({ id }) => !known.has(id))
  const steps = after.steps.filter(({ state }) => state === 'current').map(({ order }) => order)
  return people.length === 0 ? [] : [{ type: 'approvers_awaited', people, steps }]
}

/** A decision with what is not said left empty. */
export function decisionOf(outcome: Decision['outcome'], at: string, fields: Partial<Decision> = {}): Decision {
  return {
    by: null,
    at,
    outcome,
    override: false,
    message: null,
    reason: null,
    nextSteps: null,
    cause: null,
    ...fields,
  }
}

function decidedBy(granted: PendingGrant): Partial<Decision> {
  const { by, override, message, fourEyes, byDirectoryChange } = granted
  return {
    by,
    override,
    message,
    ...(fourEyes ? { fourEyes } : {}),
    ...(byDirectoryChange ? { byDirectoryChange } : {}),
    ...viaOf(granted),
  }
}

/** The connector has given the access: only now is the request Approved. */
export function approve(request: AccessRequest, grant: Grant, now: string): Transition {
  const granted = request.provisioning
  const decision = decisionOf('approved', now, granted ? decidedBy(granted) : {})
  const approved = advance(request, now, {
    status: 'approved',
    approvedDuration: granted?.duration ?? null,
    decision,
    grant,
    provisioning: null,
    error: null,
    expiresAt: null,
  })
  return { request: approved, events: [{ type: 'approved', from: request.status }] }
}

/** The connector refused, or stayed away for longer than its retries: an administrator may try again. */
export function fail(request: AccessRequest, failure: { message: string; attempts: number }, now: string): Transition {
  const attempts = (request.error?.attempts ?? 0) + failure.attempts
  const error = { message: failure.message, since: request.error?.since ?? now, attempts }
  const failed = advance(request, now, {
    status: 'error',
    provisioning: null,
    error,
    lastFailure: error,
    expiresAt: addDuration(now, request.expiry),
  })
  return { request: failed, events: [{ type: 'failed', from: request.status, message: failure.message, attempts }] }
}

const causeTexts: Record<CancelCause, string> = {
  flow_deleted: 'The approval flow was deleted.',
  flow_disabled: 'The approval flow was disabled.',
  withdrawn: 'The requester withdrew the request.',
  requester_suspended: 'The requester was suspended.',
  workflow_ended: 'Its workflow was ended from outside; ask again with a new request.',
}

/** Closes an open request for a cause that is shown. */
export function cancel(
  request: AccessRequest,
  cause: CancelCause,
  context: { by: Person | null; now: string; origin?: Origin | undefined },
): Transition {
  const { by, now, origin } = context
  const decision = decisionOf('canceled', now, { by, reason: causeTexts[cause], cause, ...viaOf(origin) })
  const canceled = advance(request, now, {
    status: 'canceled',
    decision,
    steps: closeSteps(request.steps, 'skipped'),
    provisioning: null,
    error: null,
    expiresAt: null,
  })
  return { request: canceled, events: [{ type: 'canceled', from: request.status, cause, by, origin }] }
}

/** @throws DomainError when the request is closed or `message.by` is not its requester */
export function withdraw(
  request: AccessRequest,
  message: WithdrawMessage,
  context: { actor: ActingUser | null; now: string },
): Transition {
  refuseUnlessDecidable(request)
  refuseUnlessRequester(request, message.by)
  refuseUnlessActive(context.actor)
  return cancel(request, 'withdrawn', { by: personOf(context.actor), now: context.now, origin: message.origin })
}

/** The flow this request came from was deleted or disabled. */
export function closeFlow(request: AccessRequest, message: FlowClosedMessage, now: string): Transition {
  return cancel(request, message.cause === 'deleted' ? 'flow_deleted' : 'flow_disabled', { by: null, now })
}

/** Thirty days (or what the settings say) without action. */
export function expire(request: AccessRequest, now: string): Transition {
  const expired = advance(request, now, {
    status: 'expired',
    decision: decisionOf('expired', now, { reason: 'Nobody acted on the request in time.' }),
    steps: closeSteps(request.steps, 'skipped'),
    error: null,
    expiresAt: null,
  })
  return { request: expired, events: [{ type: 'expired', from: request.status }] }
}
