/** The envelope of Directory Insights. */

import type { AuditEventType } from '../../domain/audit-entry.ts'
import type { AuditEventRow } from './audit.events.repository.ts'
import type { AuditEvent } from './audit.schemas.ts'

export function presentEvent(row: AuditEventRow): AuditEvent {
  return {
    id: row.id,
    event_type: row.eventType as AuditEventType,
    timestamp: row.timestamp,
    service: 'access_management',
    initiated_by: { id: row.initiatedById, type: row.initiatedByType, email: row.initiatedByEmail },
    access_request_id: row.accessRequestId,
    resource: { type: row.resourceType, id: row.resourceId, name: row.resourceName },
    workflow: { id: row.workflowId },
    changes: row.changes,
    client_ip: row.clientIp,
    user_agent: row.userAgent,
    success: row.success,
    error_message: row.errorMessage,
    internal_note: row.internalNote,
  }
}

export const eventColumns = [
  'id',
  'event_type',
  'timestamp',
  'service',
  'initiated_by_id',
  'initiated_by_type',
  'initiated_by_email',
  'access_request_id',
  'resource_type',
  'resource_id',
  'resource_name',
  'workflow_id',
  'changes',
  'client_ip',
  'user_agent',
  'success',
  'error_message',
  'internal_note',
] as const

/** The envelope as one line of a CSV; changes as JSON. */
export function flattenEvent({
  initiated_by,
  resource,
  workflow,
  changes,
  ...event
}: AuditEvent): Record<(typeof eventColumns)[number], unknown> {
  return {
    ...event,
    initiated_by_id: initiated_by.id,
    initiated_by_type: initiated_by.type,
    initiated_by_email: initiated_by.email,
    resource_type: resource.type,
    resource_id: resource.id,
    resource_name: resource.name,
    workflow_id: workflow.id,
    changes: JSON.stringify(changes),
  }
}
