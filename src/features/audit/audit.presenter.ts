/** The envelope of Directory Insights. */

import type { AuditEventType } from '../../domain/audit-entry.ts'
import type { CsvColumn } from '../../platform/http/csv.ts'
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
  { code: 'id', words: { en: 'Event ID', de: 'Ereignis-ID' } },
  { code: 'event_type', words: { en: 'Event type', de: 'Ereignistyp' } },
  { code: 'timestamp', words: { en: 'Time', de: 'Zeit' }, isMoment: true },
  { code: 'service', words: { en: 'Service', de: 'Dienst' } },
  { code: 'initiated_by_id', words: { en: 'Initiated by (ID)', de: 'Ausgelöst von (ID)' } },
  { code: 'initiated_by_type', words: { en: 'Initiated by (kind)', de: 'Ausgelöst von (Art)' } },
  { code: 'initiated_by_email', words: { en: 'Initiated by (email)', de: 'Ausgelöst von (E-Mail)' } },
  { code: 'access_request_id', words: { en: 'Access request', de: 'Zugriffsanfrage' } },
  { code: 'resource_type', words: { en: 'Resource (kind)', de: 'Ressource (Art)' } },
  { code: 'resource_id', words: { en: 'Resource (ID)', de: 'Ressource (ID)' } },
  { code: 'resource_name', words: { en: 'Resource', de: 'Ressource' } },
  { code: 'workflow_id', words: { en: 'Workflow', de: 'Workflow' } },
  { code: 'changes', words: { en: 'Changes', de: 'Änderungen' } },
  { code: 'client_ip', words: { en: 'Client IP', de: 'Client-IP' } },
  { code: 'user_agent', words: { en: 'User agent', de: 'User-Agent' } },
  { code: 'success', words: { en: 'Success', de: 'Erfolg' } },
  { code: 'error_message', words: { en: 'Error', de: 'Fehler' } },
  { code: 'internal_note', words: { en: 'Internal note', de: 'Interne Notiz' } },
] as const satisfies readonly CsvColumn[]

/** The envelope as one line of a CSV; changes as JSON. */
export function flattenEvent({
  initiated_by,
  resource,
  workflow,
  changes,
  ...event
}: AuditEvent): Record<(typeof eventColumns)[number]['code'], unknown> {
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
