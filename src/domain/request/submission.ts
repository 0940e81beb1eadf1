/** The first version of a request, from a flow and the directory as they are at this moment. */

import type { ApprovalRequirement, ApprovalType } from '../flow/flow.ts'
import { addDuration, isSameDuration } from '../shared/duration.ts'
import { DomainError, invalidInput } from '../shared/errors.ts'
import { fieldProblem } from '../shared/field-errors.ts'
import type { DirectoryFacts } from './approvers.ts'
import { stepsOf } from './approvers.ts'
import type { RequestEvent } from './events.ts'
import { newlyAwaited, type Transition } from './lifecycle.ts'
import type { Origin } from './messages.ts'
import type { AccessRequest, FlowSnapshot, HeldAccess } from './record.ts'
import { queueOf } from './record.ts'
import { lastsUntil, refuseEndingEarlier } from './rules.ts'
import { evaluate } from './steps.ts'

export interface Submission {
  id: string
  flow: FlowSnapshot & { approvalType: ApprovalType; approvalRequirement: ApprovalRequirement }
  reason: string
  requestedDuration: string | null
  /** ISO-8601: how long the request lives without action. */
  expiry: string
  /** RFC 3339 */
  now: string
  /** What the requester has of the access already. */
  held?: HeldAccess | null
  origin?: Origin | undefined
}

/**
 * The duration a request asks for, as the flow writes it: one the flow allows; of a timed flow the first when none is named.
 * @throws DomainError `invalid_input`
 */
export function chooseDuration(allowed: readonly string[], requested: string | null): string | null {
  if (requested === null) return allowed[0] ?? null
  if (allowed.length === 0)
    throw invalidInput(
      'requestedDuration',
      fieldProblem('not_applicable', 'this flow gives access without an end; leave the duration out'),
    )
  const chosen = allowed.find((duration) => isSameDuration(duration, requested))
  if (chosen === undefined)
    throw invalidInput(
      'requestedDuration',
      fieldProblem('not_one_of', `must be one of ${allowed.join(', ')}`, { allowed: [...allowed] }),
    )
  return chosen
}

/** Who names none gets the first that lets the access last longer. @throws DomainError `invalid_input` */
function durationOf({ flow, requestedDuration, held = null, now }: Submission): string | null {
  const longer = flow.durations.find((duration) => !held || !lastsUntil(held, addDuration(now, duration)))
  const duration = chooseDuration(flow.durations, requestedDuration ?? longer ?? null)
  refuseEndingEarlier(held, { duration, now, path: 'requestedDuration' })
  return duration
}

/**
 * Makes the request as version 1: pending, missing data, or on its way to be granted when the flow is automatic.
 * @throws DomainError when the requester is not an activated user, or the duration is not one of the flow's or ends before
 *   the access that they have already
 */
export function submit(submission: Submission, facts: DirectoryFacts): Transition {
  const { flow, now, expiry } = submission
  if (!facts.requester?.activated) throw new DomainError('forbidden', 'Only activated users can ask for access.')
  const { activated: _, ...requester } = facts.requester
  const { approvalType, approvalRequirement, ...snapshot } = flow
  const isAutomatic = approvalType === 'automatic'
  const requestedDuration = durationOf(submission)
  const draft: AccessRequest = {
    id: submission.id,
    version: 1,
    carriedOut: [],
    status: 'pending',
    approvalType,
    approvalRequirement,
    queue: queueOf(snapshot.approvers),
    flow: snapshot,
    requester,
    reason: submission.reason,
    requestedDuration,
    approvedDuration: null,
    createdAt: now,
    updatedAt: now,
    expiry,
    expiresAt: addDuration(now, expiry),
    steps: isAutomatic ? [] : stepsOf(snapshot.approvers),
    missingData: [],
    provisioning: isAutomatic
      ? { by: null, at: now, override: false, message: null, duration: requestedDuration, connectorId: null }
      : null,
    askedConnectors: [],
    decision: null,
    error: null,
    grant: null,
  }
  const submitted: RequestEvent = { type: 'submitted', origin: submission.origin }
  if (isAutomatic) return { request: draft, events: [submitted] }
  const { steps, missingData, outcome } = evaluate(draft, facts, now)
  const request: AccessRequest = {
    ...draft,
    steps,
    missingData,
    status: outcome === 'missing' ? 'missing_data' : 'pending',
  }
  const events: RequestEvent[] = [submitted, ...newlyAwaited(null, request)]
  if (request.status === 'missing_data') events.push({ type: 'missing_data_found', missing: missingData })
  return { request, events }
}
