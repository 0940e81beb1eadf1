/**
 * What may not be done to a request, and why: each check names the rule it keeps. `refuseEarly` is asked before a message
 * is taken in, the others when it is carried out.
 */

import { addDuration } from '../shared/duration.ts'
import { DomainError, invalidInput } from '../shared/errors.ts'
import { fieldProblem } from '../shared/field-errors.ts'
import type { ActingUser } from './facts.ts'
import type { Message, OverrideMessage } from './messages.ts'
import type { AccessRequest, HeldAccess, Step } from './record.ts'
import { isOpen } from './record.ts'
import { hasDecided, stepFor } from './steps.ts'

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

/**
 * A grant that has failed leaves the request open, and somebody else may have closed it since: whoever granted, and asks
 * again, is told so. A refusal never looks like success.
 * @throws DomainError `request_closed`
 */
export function refuseIfLost(request: AccessRequest): void {
  if (!isOpen(request) && request.status !== 'approved') refuseUnlessDecidable(request)
}

/** @throws DomainError `own_request` */
export function refuseOwnDecision(request: AccessRequest, by: string): void {
  if (request.requester.id === by)
    throw new DomainError('own_request', 'Nobody decides on their own request.', {
      current: request.status,
    })
}

/**
 * @returns the step that waits for them
 * @throws DomainError `own_request`, `already_decided` or `not_an_approver`
 */
export function refuseUnlessApprover(request: AccessRequest, by: string): Step {
  refuseOwnDecision(request, by)
  const step = stepFor(request, by)
  if (step) return step
  if (request.steps.some((step) => hasDecided(step, by))) {
    throw new DomainError('already_decided', 'You have already decided on this request.', { current: request.status })
  }
  throw new DomainError('not_an_approver', 'This request does not wait for a decision of this user.', {
    current: request.status,
  })
}

/** @throws DomainError `forbidden` */
export function refuseUnlessActive(actor: ActingUser | null): asserts actor is ActingUser {
  if (!actor?.activated) throw new DomainError('forbidden', 'Only activated users can act on a request.')
}

/** The administrator's duration may shorten what was asked for, never lengthen it. @throws DomainError `invalid_input` */
function refuseLonger({ requestedDuration }: AccessRequest, duration: string | undefined, now: string): void {
  if (!duration || !requestedDuration) return
  if (addDuration(now, duration) <= addDuration(now, requestedDuration)) return
  const problem = fieldProblem('duration_too_long', `must not be longer than the requested ${requestedDuration}`, {
    maximum: requestedDuration,
  })
  throw new DomainError('invalid_input', `duration: may shorten the requested ${requestedDuration}, not lengthen it`, {
    errors: [{ path: 'duration', ...problem }],
  })
}

/** Whether access lasts at least until then; null is without an end. */
export function lastsUntil({ until }: HeldAccess, end: string | null): boolean {
  return until === null || (end !== null && until >= end)
}

/**
 * Access is one, however often it was asked for: a duration that ends before what the requester has already would not end it.
 * @param path the field that names the duration
 * @throws DomainError `invalid_input`
 */
export function refuseEndingEarlier(
  held: HeldAccess | null,
  { duration, now, path }: { duration: string | null | undefined; now: string; path: string },
): void {
  if (!duration || !held?.until || addDuration(now, duration) > held.until) return
  const after = held.until
  const message = `must reach beyond the end of the access that the requester has already, ${after}`
  throw invalidInput(path, fieldProblem('too_early', message, { after }))
}

/** @throws DomainError `own_request` or `invalid_input` */
export function refuseOverride(request: AccessRequest, message: OverrideMessage, now: string): void {
  refuseOwnDecision(request, message.by)
  refuseLonger(request, message.duration, now)
}

/** @throws DomainError `not_the_requester` */
export function refuseUnlessRequester(request: AccessRequest, by: string): void {
  if (request.requester.id !== by)
    throw new DomainError('not_the_requester', 'Only the requester can withdraw a request.', {
      current: request.status,
    })
}

/**
 * Who may decide is looked up when the message is carried out. While another system is asked to give the access, which
 * can take minutes, decisions are refused at once. Access that only the directory gives is there with the next commit:
 * that one judges.
 * @param now RFC 3339
 * @throws DomainError with the rule that is broken
 */
export function refuseEarly(request: AccessRequest, message: Message, now: string): void {
  if (request.provisioning && request.provisioning.connectorId === null) return
  refuseUnlessDecidable(request)
  if (message.type === 'decide') refuseOwnDecision(request, message.by)
  if (message.type === 'override') refuseOverride(request, message, now)
  if (message.type === 'withdraw') refuseUnlessRequester(request, message.by)
}
