/** From what happened to a grant to its entries in the audit log. */

import type { AuditEntry } from '../../domain/audit-entry.ts'
import type { GrantProposal } from '../../domain/grant/move.ts'
import type { AccessGrant } from '../../domain/grant/record.ts'
import { refusedEntry } from '../../domain/outside-message.ts'
import type { ActingUser } from '../../domain/request/facts.ts'
import type { DomainError } from '../../domain/shared/errors.ts'
import { accessGrantWorkflowId } from '../../domain/shared/workflow-ids.ts'

/** An entry about `grant`. */
export function grantEntry(
  grant: AccessGrant,
  fields: Pick<AuditEntry, 'sourceKey' | 'eventType' | 'timestamp' | 'initiatedBy'> & Partial<AuditEntry>,
): AuditEntry {
  return {
    accessRequestId: grant.accessRequestId,
    resource: { type: 'approval_flow', id: grant.flowId, name: grant.flowName },
    workflowId: accessGrantWorkflowId(grant.id),
    ...fields,
  }
}

/** The entry of a difference between a grant and its workflow that was mended. */
export function repairEntry(grant: AccessGrant, repair: string): AuditEntry {
  const timestamp = new Date().toISOString()
  return grantEntry(grant, {
    sourceKey: `${grant.id}:${repair}:${timestamp}`,
    eventType: 'access_management_association_change',
    timestamp,
    initiatedBy: { id: null, type: 'system', email: null },
    changes: [{ field: 'reconciled', from: null, to: repair }],
  })
}

/** The entry of a signal that broke a rule and changed nothing. */
export function grantRefusalEntry(
  grant: AccessGrant,
  proposal: GrantProposal,
  { actor, refusal }: { actor: ActingUser | null; refusal: DomainError },
): AuditEntry {
  return grantEntry(grant, {
    eventType: 'access_management_access_revoked',
    ...refusedEntry(proposal, { id: grant.id, refusal, email: actor?.email ?? null }),
  })
}
