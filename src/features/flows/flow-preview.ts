/** "Who would have to approve if X asked?": a submission that is not written anywhere. */
import { v7 as uuidv7 } from 'uuid'
import { type ApprovalRequirement, type ApprovalType, type ApproverRule } from '../../domain/flow/flow.ts'
import { type DirectoryFacts } from '../../domain/request/approvers.ts'
import { submit } from '../../domain/request/submission.ts'
import { invalidInput } from '../../domain/shared/errors.ts'
import { fieldProblem } from '../../domain/shared/field-errors.ts'
import type { Preview } from './flows.schemas.ts'

export interface PreviewedFlow {
  name: string
  description: string
  color: string | null
  logoUrl: string | null
  groupId: string
  connectorId: string | null
  approvers: ApproverRule[]
  durations: string[]
  approvalType: ApprovalType
  approvalRequirement: ApprovalRequirement
}

/** @throws DomainError `invalid_input` when the requester is unknown or not activated */
export function previewFlow(flow: PreviewedFlow, facts: DirectoryFacts): Preview {
  if (!facts.requester) throw invalidInput('requesterId', fieldProblem('not_found', 'is not a user'))
  if (!facts.requester.activated)
    throw invalidInput('requesterId', fieldProblem('not_activated', 'is not an activated user, and could not ask'))
  const id = uuidv7()
  const now = new Date().toISOString()
  const { request } = submit(
    { id, flow: { ...flow, id }, reason: '', requestedDuration: null, expiry: 'P30D', now },
    facts,
  )
  const outcome = request.provisioning ? 'approved' : request.status === 'missing_data' ? 'missing' : 'waiting'
  return {
    outcome,
    steps: request.steps.map(({ order, kind, label, required, state, approvers, decisions }) => ({
      order,
      kind,
      label,
      required,
      state,
      approvers,
      decisions,
    })),
    missingData: request.missingData,
  }
}
