/** A request as everyone outside sees it: the shape of the HTTP API and of the workflow's `state` query. */

import type { AccountAct } from './four-eyes.ts'
import type {
  AccessRequest,
  Decision,
  Grant,
  HeldAccess,
  MissingData,
  ProcessingError,
  Requester,
  Step,
} from './record.ts'
import { progressOf } from './steps.ts'

export type StepView = Pick<Step, 'order' | 'kind' | 'label' | 'required' | 'state' | 'approvers' | 'currentSince'> & {
  decisions: {
    by: { id: string; name: string }
    decision: 'approve' | 'deny'
    at: string
    reason: string | null
    fourEyes: AccountAct | null
  }[]
}

export interface AccessRequestView {
  id: string
  status: AccessRequest['status']
  approvalType: AccessRequest['approvalType']
  queue: AccessRequest['queue']
  approvalFlow: { id: string; name: string; description: string; color: string | null; logoUrl: string | null }
  requester: Requester
  reason: string
  requestedDuration: string | null
  approvedDuration: string | null
  createdAt: string
  updatedAt: string
  expiresAt: string | null
  version: number
  approvalRequirement: AccessRequest['approvalRequirement']
  progress: { approved: number; total: number; steps: StepView[] }
  missingData: MissingData[]
  decision:
    | (Omit<Decision, 'by' | 'via' | 'fourEyes' | 'byDirectoryChange'> & {
        by: { id: string; name: string } | null
        byDirectoryChange: boolean
        fourEyes: AccountAct | null
      })
    | null
  error: ProcessingError | null
  lastFailure: ProcessingError | null
  grant:
    | (Omit<Grant, 'endedBy' | 'connectorId' | 'alreadyHeld'> & {
        endedBy: { id: string; name: string } | null
        alreadyHeld: HeldAccess | null
      })
    | null
}

function nameOf(person: { id: string; name: string } | null): { id: string; name: string } | null {
  return person ? { id: person.id, name: person.name } : null
}

function viewStep({ order, kind, label, required, state, approvers, currentSince, decisions }: Step): StepView {
  return {
    order,
    kind,
    label,
    required,
    state,
    approvers,
    currentSince,
    decisions: decisions.map(({ by, decision, at, reason, fourEyes }) => ({
      by: { id: by.id, name: by.name },
      decision,
      at,
      reason,
      fourEyes: fourEyes ?? null,
    })),
  }
}

function viewDecision(decision: Decision): NonNullable<AccessRequestView['decision']> {
  const { at, outcome, override, message, reason, nextSteps, cause, fourEyes = null } = decision
  const { byDirectoryChange = false } = decision
  const said = { message, reason, nextSteps, cause, fourEyes }
  return { by: nameOf(decision.by), byDirectoryChange, at, outcome, override, ...said }
}

function viewGrant({
  id,
  startedAt,
  expiresAt,
  endedAt,
  endedBy,
  alreadyHeld,
}: Grant): NonNullable<AccessRequestView['grant']> {
  return { id, startedAt, expiresAt, endedAt, endedBy: nameOf(endedBy), alreadyHeld: alreadyHeld ?? null }
}

/** Everything there is to show of a request. Internal notes are not part of a request, so they cannot be. */
export function viewRequest(request: AccessRequest): AccessRequestView {
  const { flow, decision, grant } = request
  return {
    id: request.id,
    status: request.status,
    approvalType: request.approvalType,
    queue: request.queue,
    approvalFlow: {
      id: flow.id,
      name: flow.name,
      description: flow.description,
      color: flow.color,
      logoUrl: flow.logoUrl,
    },
    requester: request.requester,
    reason: request.reason,
    requestedDuration: request.requestedDuration,
    approvedDuration: request.approvedDuration,
    createdAt: request.createdAt,
    updatedAt: request.updatedAt,
    expiresAt: request.expiresAt,
    version: request.version,
    approvalRequirement: request.approvalRequirement,
    progress: { ...progressOf(request), steps: request.steps.map(viewStep) },
    missingData: request.missingData,
    decision: decision && viewDecision(decision),
    error: request.error,
    lastFailure: request.lastFailure ?? null,
    grant: grant ? viewGrant(grant) : null,
  }
}
