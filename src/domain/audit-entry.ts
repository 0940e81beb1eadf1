/** What the audit log records; the envelope of Directory Insights. */
import type { Origin } from './request/messages.ts'

export const auditEventTypes = [
  'access_management_access_request',
  'access_management_access_request_approval',
  'access_management_access_request_expired',
  'access_management_access_request_canceled',
  'access_management_access_request_missing_data',
  'access_management_access_request_error',
  'access_management_access_request_settings_update',
  'access_management_access_revoked',
  'access_management_association_change',
  'access_management_call_refused',
  'access_management_export',
  'access_management_history_decode',
  'access_management_approval_flow_create',
  'access_management_approval_flow_update',
  'access_management_approval_flow_delete',
  'access_management_application_create',
  'access_management_application_update',
  'access_management_application_delete',
  'access_management_connector_create',
  'access_management_connector_update',
  'access_management_connector_delete',
  'access_management_view_create',
  'access_management_view_update',
  'access_management_view_delete',
  'user_login_attempt',
  'user_logout',
  'user_create',
  'user_update',
  'user_password_link_create',
  'pending_change_create',
  'pending_change_approve',
  'pending_change_reject',
  'user_erase',
  'people_source_create',
  'people_source_update',
  'people_source_delete',
  'user_group_create',
  'user_group_update',
  'user_group_delete',
  'mail_refused',
  'mail_send_again',
  'mail_test',
  'retention_removal',
  'api_token_create',
  'api_token_delete',
] as const
export type AuditEventType = (typeof auditEventTypes)[number]

export interface AuditChange {
  field: string
  from: unknown
  to: unknown
}

export interface AuditEntry {
  /** Names what happened, so that recording it again adds nothing. */
  sourceKey: string
  eventType: AuditEventType
  /** RFC 3339; when it happened. */
  timestamp: string
  /** `source`: a system that people come from; the id is that of the source. */
  initiatedBy: { id: string | null; type: 'user' | 'system' | 'signal' | 'source'; email: string | null }
  accessRequestId?: string | null
  resource: { type: string; id: string | null; name: string | null }
  workflowId?: string | null
  changes?: AuditChange[]
  origin?: Origin | undefined
  success?: boolean
  errorMessage?: string | null
  /** Only ever shown in the audit log. */
  internalNote?: string | null
}
