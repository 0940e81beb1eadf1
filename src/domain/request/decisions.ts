/**
 * The moves that depend on who must act: a decision, an override, a new look at the directory.
 * Pure: a request and a message go in, the next request and what happened come out.
 */

import { DomainError } from '../shared/errors.ts'
import type { Person } from '../shared/person.ts'
import { type DirectoryFacts, isOfMany } from './approvers.ts'
import type { RequestEvent } from './events.ts'
import type { ActingUser } from './facts.ts'
import { type AccountAct, fourEyesOf } from './four-eyes.ts'
import {
  advance,
  cancel,
  closeSteps,
  decisionOf,
  newlyAwaited,
  personOf,
  renewExpiry,
  type Transition,
} from './lifecycle.ts'
import { type DecideMessage, type OverrideMessage, viaOf } from './messages.ts'
import type { AccessRequest, Decision, PendingGrant, Step, StepDecision } from './record.ts'
import { refuseOverride, refuseUnlessActive, refuseUnlessApprover, refuseUnlessDecidable } from './rules.ts'
import type { Evaluation } from './steps.ts'
import { evaluate, isSettled, reevaluate } from './steps.ts'

/** What follows from the steps: more waiting, a denial, or a grant to be carried out. */
function settle(
  request: AccessRequest,
  before: AccessRequest,
  context: { evaluation: Evaluation; grant: PendingGrant; denial: Decision; now: string },
): Transition {
  const { evaluation, grant, denial, now } = context
  const { steps, missingData, outcome } = evaluation
  if (outcome === 'denied') {
    const denied = advance(request, now, {
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
      request: advance(request, now, { steps: closeSteps(steps, 'skipped'), missingData: [], provisioning: grant }),
      events: [],
    }
  }
  const status = outcome === 'missing' ? 'missing_data' : 'pending'
  const changed = advance(request, now, { status, steps, missingData })
  const found: RequestEvent[] =
    status === 'missing_data' && before.status !== 'missing_data'
      ? [{ type: 'missing_data_found', missing: missingData }]
      : []
  return { request: changed, events: [...newlyAwaited(before, changed), ...found] }
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
  const step = refuseUnlessApprover(request, message.by)
  refuseUnlessActive(actor)
  const by = personOf(actor)
  const reason = message.reason ?? null
  const via = viaOf(message.origin)
  const flag = message.decision === 'approve' ? fourEyesOf(request, actor) : {}
  const decision = { by, decision: message.decision, at: now, reason, ...via, ...flag }
  const decided = request.steps.map((one) => (one === step ? { ...one, decisions: [...one.decisions, decision] } : one))
  const current = { ...request, ...renewExpiry(request, now), steps: decided }
  const made: RequestEvent = {
    type: 'step_decided',
    step: step.order,
    by,
    decision: message.decision,
    reason,
    origin: message.origin,
    ...flag,
  }
  const settled = settle(current, request, {
    evaluation: reevaluate(current, now),
    grant: {
      by,
      at: now,
      override: false,
      message: reason,
      duration: request.requestedDuration,
      connectorId: null,
      ...via,
      ...flag,
    },
    denial: decisionOf('denied', now, { by, reason, nextSteps: message.nextSteps ?? null, ...via }),
    now,
  })
  return { request: settled.request, events: [made, ...settled.events] }
}

/** Administrators decide the steps of an administrator flow; on any other flow their decision overrides it. */
function administratorSteps(
  request: AccessRequest,
  message: OverrideMessage,
  { by, now, ...flag }: { by: Person; now: string; fourEyes?: AccountAct },
): Step[] {
  if (request.queue !== 'administrator') return closeSteps(request.steps, 'overridden')
  const decision = message.decision === 'grant' ? 'approve' : 'deny'
  const reason = message.reason ?? message.message ?? null
  return request.steps.map((step) => {
    if (isSettled(step)) return step
    const state = decision === 'approve' ? 'approved' : 'denied'
    const made = { by, decision, at: now, reason, ...viaOf(message.origin), ...flag } as const
    return { ...step, state, currentSince: null, decisions: [...step.decisions, made] }
  })
}

function notAnAdministrator({ status: current }: AccessRequest): DomainError {
  return new DomainError('not_an_administrator', 'Only an administrator can override an approval flow.', { current })
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
  const via = viaOf(message.origin)
  refuseUnlessDecidable(request)
  refuseOverride(request, message, now)
  refuseUnlessActive(actor)
  if (!actor.isAdministrator) throw notAnAdministrator(request)
  const by = personOf(actor)
  const undecided = request.steps.filter((step) => !isSettled(step)).map(({ order }) => order)
  // A grant that was an override and has failed is one when it is tried again, too.
  const wasOverridden = request.steps.some(({ state }) => state === 'overridden')
  const isOverride = request.queue === 'others' && (undecided.length > 0 || wasOverridden)
  const flag = message.decision === 'grant' ? fourEyesOf(request, actor) : {}
  const steps = administratorSteps(request, message, { by, now, ...flag })
  const made: RequestEvent = {
    type: 'overridden',
    by,
    decision: message.decision,
    steps: isOverride ? undecided : [],
    reason: message.reason ?? message.message ?? null,
    internalNotes: message.internalNotes ?? null,
    origin: message.origin,
    ...flag,
  }
  if (message.decision === 'grant') {
    const grant = {
      by,
      at: now,
      override: isOverride,
      message: message.message ?? null,
      duration: message.duration ?? request.requestedDuration,
      connectorId: null,
      ...via,
      ...flag,
    }
    const granted = { ...renewExpiry(request, now), steps, missingData: [], provisioning: grant }
    return { request: advance(request, now, granted), events: [made] }
  }
  const decision = decisionOf('denied', now, {
    by,
    override: isOverride,
    reason: message.reason ?? null,
    nextSteps: message.nextSteps ?? null,
    ...via,
  })
  const denied = advance(request, now, {
    status: 'denied',
    steps,
    missingData: [],
    decision,
    expiresAt: null,
    error: null,
  })
  return { request: denied, events: [made, { type: 'denied', from: request.status }] }
}

/**
 * Looks up the approvers again. Filling in what was missing is an action: the clock starts anew.
 * Returns nothing when nothing changed.
 */
export function refresh(request: AccessRequest, facts: DirectoryFacts, now: string): Transition | undefined {
  if (!facts.requester?.activated) return cancel(request, 'requester_suspended', { by: null, now })
  const { activated: _, ...requester } = facts.requester
  const current = { ...request, requester }
  // Everything was decided and the connector failed: only an administrator can go on from here.
  if (request.status === 'error')
    return sameFacts(request, current, request) ? undefined : { request: advance(current, now, {}), events: [] }
  const evaluation = evaluate(current, facts, now)
  const stillMissing = new Set(evaluation.missingData.map(({ step }) => step))
  const isFilled = request.missingData.some(({ step }) => !stillMissing.has(step))
  const lookup = { ...current, ...(isFilled ? renewExpiry(request, now) : {}) }
  if (sameFacts(request, lookup, evaluation)) return undefined
  const settled = settle(lookup, request, {
    evaluation,
    grant: {
      ...madeBy(evaluation.steps, 'approve'),
      at: now,
      override: false,
      duration: request.requestedDuration,
      connectorId: null,
    },
    denial: decisionOf('denied', now, deniedBy(evaluation.steps)),
    now,
  })
  return {
    request: settled.request,
    events: [
      ...replacedApprovers(request.steps, evaluation.steps),
      ...(isFilled ? [{ type: 'missing_data_filled' } as const] : []),
      ...settled.events,
    ],
  }
}

/** Who decided last among those whose decisions are enough by now, and what they said. */
function lastOf(steps: readonly Step[], decision: StepDecision['decision']): StepDecision | undefined {
  const state = decision === 'approve' ? 'approved' : 'denied'
  return steps
    .filter((step) => step.state === state)
    .flatMap(({ decisions }) => decisions.filter((one) => one.decision === decision))
    .sort((one, other) => (one.at < other.at ? 1 : -1))[0]
}

/** Nobody acts when the directory changes: the outcome is theirs who had decided. */
function madeBy(steps: readonly Step[], decision: StepDecision['decision']) {
  const last = lastOf(steps, decision)
  const { by = null, reason: message = null, via, fourEyes } = last ?? {}
  return {
    by,
    message,
    ...(via ? { via } : {}),
    ...(fourEyes ? { fourEyes } : {}),
    ...(last ? { byDirectoryChange: true as const } : {}),
  }
}

function deniedBy(steps: readonly Step[]): Partial<Decision> {
  const { message: reason, ...made } = madeBy(steps, 'deny')
  return { reason, ...made }
}

/** Undecided steps of one person that have changed hands. In groups and among administrators people come and go. */
function replacedApprovers(before: readonly Step[], after: readonly Step[]): RequestEvent[] {
  return after.flatMap((step, index) => {
    const [from = null, to = null] = [before[index]?.approvers[0], step.approvers[0]]
    if (isOfMany(step) || step.decisions.length > 0 || from?.id === to?.id) return []
    return [{ type: 'approver_replaced', step: step.order, from, to }]
  })
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
