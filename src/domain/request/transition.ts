/** One step in the life of a request: what every move is made of. */

import { addDuration } from '../shared/duration.ts'
import type { Person } from '../shared/person.ts'
import type { RequestEvent } from './events.ts'
import type { AccessRequest, Decision, Step } from './record.ts'
import { awaitedPeople, isSettled } from './steps.ts'

export interface Transition {
  request: AccessRequest
  events: RequestEvent[]
}

/** The request after a change: one version further. */
export function next(request: AccessRequest, now: string, change: Partial<AccessRequest>): AccessRequest {
  return { ...request, ...change, version: request.version + 1, updatedAt: now }
}

/** An action starts the clock anew. */
export function touched(request: AccessRequest, now: string): Pick<AccessRequest, 'expiresAt'> {
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
export function awaited(before: AccessRequest, after: Pick<AccessRequest, 'steps'>): RequestEvent[] {
  const known = new Set(awaitedPeople(before).map(({ id }) => id))
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
