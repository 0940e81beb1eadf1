/** From what happened to a grant to its entries in the audit log. */

import type { AuditEntry } from '../../domain/audit-entry.ts'
import type { GrantProposal } from '../../domain/grant/move.ts'
import type { AccessGrant } from '../../domain/grant/record.ts'
import type { ActingUser } from '../../domain/request/facts.ts'
import type { DomainError } from '../../domain/shared/errors.ts'
import { isUuid } from '../../domain/shared/uuid.ts'
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
  { message, messageId, at }: GrantProposal,
  { actor, refusal }: { actor: ActingUser | null; refusal: DomainError },
): AuditEntry {
  const by = 'by' in message && message.by && isUuid(message.by) ? message.by : null
  return grantEntry(grant, {
    sourceKey: `${grant.id}:refused:${messageId}`,
    eventType: 'access_management_access_revoked',
    timestamp: at,
    initiatedBy: { id: by, type: 'signal', email: by ? (actor?.email ?? null) : null },
    changes: [{ field: 'message', from: null, to: message.type === 'unreadable' ? message.name : message.type }],
    success: false,
    errorMessage: `${refusal.code}: ${refusal.message}`,
  })
}
