/** What has happened to a request since an older record of it, told from the two records: for a database that was set back. */

import type { RequestEvent } from './events.ts'
import { newlyAwaited } from './lifecycle.ts'
import type { Origin } from './messages.ts'
import type { AccessRequest, Decision, Step, StepDecision } from './record.ts'

/**
 * The events from `before` (null: the record is gone altogether) to `after`. Internal notes are not part of a record,
 * so they cannot be told again.
 */
export function eventsBetween(before: AccessRequest | null, after: AccessRequest): RequestEvent[] {
  return [
    ...(before === null ? [{ type: 'submitted' } as const] : []),
    ...decisionsMade(before, after),
    ...overridden(before, after),
    ...newlyAwaited(before, after),
    ...outcome(before, after),
  ]
}

function decisionsMade(before: AccessRequest | null, after: AccessRequest): RequestEvent[] {
  if (after.queue === 'administrator') return []
  return after.steps.flatMap((step) => newDecisions(before, step).map((made) => stepDecided(step, made)))
}

function newDecisions(before: AccessRequest | null, step: Step): StepDecision[] {
  const known = before?.steps.find(({ order }) => order === step.order)?.decisions ?? []
  return step.decisions.filter(({ by }) => !known.some((one) => one.by.id === by.id))
}

function stepDecided(step: Step, { by, decision, reason, via, fourEyes }: StepDecision): RequestEvent {
  return { type: 'step_decided', step: step.order, by, decision, reason, ...flagOf(fourEyes), ...originOf(via) }
}

/** Of where a decision came from a record keeps only whether it was a signal. */
const flagOf = (fourEyes: StepDecision['fourEyes']) => (fourEyes ? { fourEyes } : {})

const originOf = (via: Origin['via']): { origin?: Origin } => (via ? { origin: { via } } : {})

/** An administrator has closed it. */
function overridden(before: AccessRequest | null, { queue, steps, decision }: AccessRequest): RequestEvent[] {
  if (before?.decision || !decision?.by || decision.outcome === 'canceled') return []
  if (queue === 'others' && !decision.override) return []
  return [
    {
      type: 'overridden',
      by: decision.by,
      decision: decision.outcome === 'approved' ? 'grant' : 'deny',
      steps: steps.filter(({ state }) => state === 'overridden').map(({ order }) => order),
      reason: decision.reason ?? decision.message,
      internalNotes: null,
      ...flagOf(decision.fourEyes),
      ...originOf(decision.via),
    },
  ]
}

function outcome(before: AccessRequest | null, after: AccessRequest): RequestEvent[] {
  const from = before === null ? 'pending' : before.status
  if (after.decision) return before?.decision ? [] : [ending(after.decision, from)]
  if (after.status === from) return []
  if (after.status === 'missing_data') return [{ type: 'missing_data_found', missing: after.missingData }]
  if (after.error) return [{ type: 'failed', from, message: after.error.message, attempts: after.error.attempts }]
  return from === 'missing_data' ? [{ type: 'missing_data_filled' }] : []
}

function ending({ outcome: type, cause, by, via }: Decision, from: AccessRequest['status']): RequestEvent {
  if (type !== 'canceled') return { type, from }
  return { type, from, cause: cause ?? 'workflow_ended', by, ...originOf(via) }
}
