/** How a request ends, and the error it can come back from. Pure, as every move. */

import { addDuration } from '../shared/duration.ts'
import type { Person } from '../shared/person.ts'
import type { ActingUser } from './facts.ts'
import { type FlowClosedMessage, type Origin, viaOf, type WithdrawMessage } from './messages.ts'
import type { AccessRequest, CancelCause, Decision, Grant, PendingGrant } from './record.ts'
import { refuseUnlessActive, refuseUnlessDecidable, refuseUnlessRequester } from './refusals.ts'
import type { Transition } from './transition.ts'
import { closeSteps, decisionOf, next, personOf } from './transition.ts'

function decidedBy(granted: PendingGrant): Partial<Decision> {
  const { by, override, message, fourEyes } = granted
  return { by, override, message, ...(fourEyes ? { fourEyes } : {}), ...viaOf(granted) }
}

/** The connector has given the access: only now is the request Approved. */
export function approve(request: AccessRequest, grant: Grant, now: string): Transition {
  const granted = request.provisioning
  const decision = decisionOf('approved', now, granted ? decidedBy(granted) : {})
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
  const decision = decisionOf('canceled', now, { by, reason: causeTexts[cause], cause, ...viaOf(origin) })
  const canceled = next(request, now, {
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
  const expired = next(request, now, {
    status: 'expired',
    decision: decisionOf('expired', now, { reason: 'Nobody acted on the request in time.' }),
    steps: closeSteps(request.steps, 'skipped'),
    error: null,
    expiresAt: null,
  })
  return { request: expired, events: [{ type: 'expired', from: request.status }] }
}
