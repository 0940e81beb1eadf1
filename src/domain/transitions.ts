/* oxlint-disable max-lines -- every legal move stands in one place, where a reader looks for it */
/**
 * Every legal move of a request, and the check before it.
 * Pure: a request and a message go in, the next request and what happened come out.
 */
import type { AccessRequest, CancelCause, Decision, Grant, PendingGrant, Person, Step } from './access-request.ts'
import { isOpen } from './access-request.ts'
import type { Evaluation } from './approval-flow.ts'
import { awaitedPeople, evaluate, hasDecided, isSettled, reevaluate, stepFor } from './approval-flow.ts'
import type { DirectoryFacts } from './approvers.ts'
import { addDuration } from './duration.ts'
import { DomainError } from './errors.ts'
import type { RequestEvent } from './events.ts'
import type { DecideMessage, FlowClosedMessage, Origin, OverrideMessage, WithdrawMessage } from './messages.ts'

export interface Transition {
  request: AccessRequest
  events: RequestEvent[]
}

/** Who acts, as the directory knows them at this moment. */
export interface ActingUser extends Person {
  activated: boolean
  isAdministrator: boolean
}

function next(request: AccessRequest, now: string, change: Partial<AccessRequest>): AccessRequest {
  return { ...request, ...change, version: request.version + 1, updatedAt: now }
}

function touched(request: AccessRequest, now: string): Pick<AccessRequest, 'expiresAt'> {
  return { expiresAt: addDuration(now, request.expiry) }
}

function personOf({ id, name, email }: Person): Person {
  return { id, name, email }
}

/** Steps nobody has to decide any more. What was missing stays visible as missing. */
function closeSteps(steps: readonly Step[], state: 'skipped' | 'overridden'): Step[] {
  return steps.map((step) => {
    if (isSettled(step) || (state === 'skipped' && step.state === 'missing')) return step
    return { ...step, state, currentSince: null }
  })
}

function awaited(before: AccessRequest, after: Pick<AccessRequest, 'steps'>): RequestEvent[] {
  const known = new Set(awaitedPeople(before).map(({ id }) => id))
  const people = awaitedPeople(after).filter(({ id }) => !known.has(id))
  const steps = after.steps.filter(({ state }) => state === 'current').map(({ order }) => order)
  return people.length === 0 ? [] : [{ type: 'approvers_awaited', people, steps }]
}

function decisionOf(outcome: Decision['outcome'], at: string, fields: Partial<Decision> = {}): Decision {
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

/** @throws DomainError `request_closed` naming the outcome, or `decision_in_progress` */
export function refuseUnlessDecidable(request: AccessRequest): void {
  if (!isOpen(request)) {
    const by = request.decision?.by ? ` by ${request.decision.by.name}` : ''
    throw new DomainError('request_closed', `This request is already ${request.status}${by}; it never changes again.`, {
      current: request.status,
      decidedBy: request.decision?.by ? { id: request.decision.by.id, name: request.decision.by.name } : null,
      decidedAt: request.decision?.at ?? null,
    })
  }
  if (request.provisioning) {
    throw new DomainError(
      'decision_in_progress',
      'This request has been granted and access is being given right now.',
      {
        current: request.status,
      },
    )
  }
}

/** @throws DomainError `own_request`, `already_decided` or `not_an_approver` */
export function refuseUnlessApprover(request: AccessRequest, by: string): void {
  if (request.requester.id === by)
    throw new DomainError('own_request', 'Nobody decides on their own request.', { current: request.status })
  if (stepFor(request, by)) return
  if (request.steps.some((step) => hasDecided(step, by))) {
    throw new DomainError('already_decided', 'You have already decided on this request.', { current: request.status })
  }
  throw new DomainError('not_an_approver', 'This request does not wait for a decision of this user.', {
    current: request.status,
  })
}

function refuseUnlessActive(actor: ActingUser | null): asserts actor is ActingUser {
  if (!actor?.activated) throw new DomainError('forbidden', 'Only activated users can act on a request.')
}

/** What follows from the steps: more waiting, a denial, or a grant to be carried out. */
function settle(
  request: AccessRequest,
  before: AccessRequest,
  context: { evaluation: Evaluation; grant: PendingGrant; denial: Decision; now: string },
): Transition {
  const { evaluation, grant, denial, now } = context
  const { steps, missingData, outcome } = evaluation
  if (outcome === 'denied') {
    const denied = next(request, now, {
      status: 'denied',
      steps: closeSteps(steps, 'skipped'),
      missingData: [],
      decision: denial,
      expiresAt: null,
      error: null,
    })
    return { request: denied, events: [{ type: 'denied', from: request.status }] }
  }
  if (outcome === 'approved') {
    return {
      request: next(request, now, { steps: closeSteps(steps, 'skipped'), missingData: [], provisioning: grant }),
      events: [],
    }
  }
  const status = outcome === 'missing' ? 'missing_data' : 'pending'
  const changed = next(request, now, { status, steps, missingData })
  const found: RequestEvent[] =
    status === 'missing_data' && before.status !== 'missing_data'
      ? [{ type: 'missing_data_found', missing: missingData }]
      : []
  return { request: changed, events: [...awaited(before, changed), ...found] }
}

/**
 * An assigned approver decides their step.
 * @throws DomainError when the request is closed or does not wait for `actor`
 */
export function decide(
  request: AccessRequest,
  message: DecideMessage,
  context: { actor: ActingUser | null; now: string },
): Transition {
  const { actor, now } = context
  refuseUnlessDecidable(request)
  refuseUnlessApprover(request, message.by)
  refuseUnlessActive(actor)
  const step = stepFor(request, message.by)
  const by = personOf(actor)
  const reason = message.reason ?? null
  const decided = request.steps.map((one) =>
    one === step ? { ...one, decisions: [...one.decisions, { by, decision: message.decision, at: now, reason }] } : one,
  )
  const current = { ...request, ...touched(request, now), steps: decided }
  const made: RequestEvent = {
    type: 'step_decided',
    step: step?.order ?? 0,
    by,
    decision: message.decision,
    reason,
    origin: message.origin,
  }
  const settled = settle(current, request, {
    evaluation: reevaluate(current, now),
    grant: { by, at: now, override: false, message: reason, duration: request.requestedDuration },
    denial: decisionOf('denied', now, { by, reason, nextSteps: message.nextSteps ?? null }),
    now,
  })
  return { request: settled.request, events: [made, ...settled.events] }
}

/** Why the administrator's duration does not fit, or nothing: it may shorten what was asked for, never lengthen it. */
function durationTooLong(request: AccessRequest, duration: string | undefined, now: string): boolean {
  if (!duration || !request.requestedDuration) return false
  return addDuration(now, duration) > addDuration(now, request.requestedDuration)
}

/** @throws DomainError `own_request` or `invalid_input` */
export function refuseOverride(request: AccessRequest, message: OverrideMessage, now: string): void {
  if (request.requester.id === message.by)
    throw new DomainError('own_request', 'Nobody decides on their own request: another administrator has to.', {
      current: request.status,
    })
  if (durationTooLong(request, message.duration, now)) {
    throw new DomainError(
      'invalid_input',
      `duration: may shorten the requested ${request.requestedDuration}, not lengthen it`,
      {
        errors: [{ path: 'duration', message: `must not be longer than the requested ${request.requestedDuration}` }],
      },
    )
  }
}

/** Administrators decide the steps of an administrator flow; on any other flow their decision overrides it. */
function administratorSteps(
  request: AccessRequest,
  message: OverrideMessage,
  { by, now }: { by: Person; now: string },
): Step[] {
  if (request.queue !== 'administrator') return closeSteps(request.steps, 'overridden')
  const decision = message.decision === 'grant' ? 'approve' : 'deny'
  const reason = message.reason ?? message.message ?? null
  return request.steps.map((step) => {
    if (isSettled(step)) return step
    const state = decision === 'approve' ? 'approved' : 'denied'
    return { ...step, state, currentSince: null, decisions: [...step.decisions, { by, decision, at: now, reason }] }
  })
}

/**
 * An administrator grants or denies, closing the request at once. From Error it tries the grant again.
 * @throws DomainError when the request is closed, is the administrator's own, or `actor` is no activated administrator
 */
// oxlint-disable-next-line complexity -- optional texts become null, which counts as branches
export function override(
  request: AccessRequest,
  message: OverrideMessage,
  context: { actor: ActingUser | null; now: string },
): Transition {
  const { actor, now } = context
  refuseUnlessDecidable(request)
  refuseOverride(request, message, now)
  refuseUnlessActive(actor)
  if (!actor.isAdministrator)
    throw new DomainError('not_an_administrator', 'Only an administrator can override an approval flow.', {
      current: request.status,
    })
  const by = personOf(actor)
  const undecided = request.steps.filter((step) => !isSettled(step)).map(({ order }) => order)
  const isOverride = request.queue === 'others' && undecided.length > 0
  const steps = administratorSteps(request, message, { by, now })
  const made: RequestEvent = {
    type: 'overridden',
    by,
    decision: message.decision,
    steps: isOverride ? undecided : [],
    reason: message.reason ?? message.message ?? null,
    internalNotes: message.internalNotes ?? null,
    origin: message.origin,
  }
  if (message.decision === 'grant') {
    const grant = {
      by,
      at: now,
      override: isOverride,
      message: message.message ?? null,
      duration: message.duration ?? request.requestedDuration,
    }
    return {
      request: next(request, now, { ...touched(request, now), steps, missingData: [], provisioning: grant }),
      events: [made],
    }
  }
  const decision = decisionOf('denied', now, {
    by,
    override: isOverride,
    reason: message.reason ?? null,
    nextSteps: message.nextSteps ?? null,
  })
  const denied = next(request, now, {
    status: 'denied',
    steps,
    missingData: [],
    decision,
    expiresAt: null,
    error: null,
  })
  return { request: denied, events: [made, { type: 'denied', from: request.status }] }
}

/** The connector has given the access: only now is the request Approved. */
export function approve(request: AccessRequest, grant: Grant, now: string): Transition {
  const granted = request.provisioning
  const decision = decisionOf('approved', now, {
    by: granted?.by ?? null,
    override: granted?.override ?? false,
    message: granted?.message ?? null,
  })
  const approved = next(request, now, {
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
  const failed = next(request, now, {
    status: 'error',
    provisioning: null,
    error: { message: failure.message, since: request.error?.since ?? now, attempts },
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
  const decision = decisionOf('canceled', now, { by, reason: causeTexts[cause], cause })
  const canceled = next(request, now, {
    status: 'canceled',
    decision,
    steps: closeSteps(request.steps, 'skipped'),
    provisioning: null,
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

/** @throws DomainError `not_the_requester` */
export function refuseUnlessRequester(request: AccessRequest, by: string): void {
  if (request.requester.id !== by)
    throw new DomainError('not_the_requester', 'Only the requester can withdraw a request.', {
      current: request.status,
    })
}

/** The flow this request came from was deleted or disabled. */
export function closeFlow(request: AccessRequest, message: FlowClosedMessage, now: string): Transition {
  return cancel(request, message.cause === 'deleted' ? 'flow_deleted' : 'flow_disabled', { by: null, now })
}

/** Thirty days (or what the settings say) without action. */
export function expire(request: AccessRequest, now: string): Transition {
  const expired = next(request, now, {
    status: 'expired',
    decision: decisionOf('expired', now, { reason: 'Nobody acted on the request in time.' }),
    steps: closeSteps(request.steps, 'skipped'),
    expiresAt: null,
  })
  return { request: expired, events: [{ type: 'expired', from: request.status }] }
}

/**
 * Looks up the approvers again. Filling in what was missing is an action: the clock starts anew.
 * Returns nothing when nothing changed.
 */
export function refresh(request: AccessRequest, facts: DirectoryFacts, now: string): Transition | undefined {
  if (!facts.requester?.activated) return cancel(request, 'requester_suspended', { by: null, now })
  const { activated: _, ...requester } = facts.requester
  const current = { ...request, requester: { ...request.requester, manager: requester.manager } }
  // Everything was decided and the connector failed: only an administrator can go on from here.
  if (request.status === 'error')
    return sameFacts(request, current, request) ? undefined : { request: next(current, now, {}), events: [] }
  const evaluation = evaluate(current, facts, now)
  const stillMissing = new Set(evaluation.missingData.map(({ step }) => step))
  const isFilled = request.missingData.some(({ step }) => !stillMissing.has(step))
  const lookup = { ...current, ...(isFilled ? touched(request, now) : {}) }
  if (sameFacts(request, lookup, evaluation)) return undefined
  const settled = settle(lookup, request, {
    evaluation,
    grant: { by: null, at: now, override: false, message: null, duration: request.requestedDuration },
    denial: decisionOf('denied', now),
    now,
  })
  return {
    request: settled.request,
    events: isFilled ? [{ type: 'missing_data_filled' }, ...settled.events] : settled.events,
  }
}

function sameFacts(
  before: AccessRequest,
  after: AccessRequest,
  evaluation: Pick<Evaluation, 'steps' | 'missingData'>,
): boolean {
  const facts = (request: Pick<AccessRequest, 'requester' | 'steps' | 'missingData'>) =>
    JSON.stringify([request.requester.manager, request.steps, request.missingData])
  return facts(before) === facts({ ...after, steps: evaluation.steps, missingData: evaluation.missingData })
}
