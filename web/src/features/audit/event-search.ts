/** The address of the events list, and what it means for the API. */
import type { components } from '../../api/schema.d.ts'
import { textsOf } from '../../lib/search-text.ts'

export type AuditEvent = components['schemas']['DirectoryInsightsEvent']

export const eventTypes = [
  'access_management_access_request',
  'access_management_access_request_approval',
  'access_management_access_request_expired',
  'access_management_access_request_canceled',
  'access_management_access_request_missing_data',
  'access_management_access_request_error',
  'access_management_access_request_settings_update',
  'access_management_access_revoked',
  'access_management_association_change',
  'access_management_approval_flow_create',
  'access_management_approval_flow_update',
  'access_management_approval_flow_delete',
  'access_management_application_create',
  'access_management_application_update',
  'access_management_application_delete',
  'access_management_connector_create',
  'access_management_connector_update',
  'access_management_connector_delete',
  'user_login_attempt',
  'user_logout',
  'user_create',
  'user_update',
  'user_group_create',
  'user_group_update',
  'user_group_delete',
  'api_token_create',
  'api_token_delete',
] as const satisfies readonly AuditEvent['event_type'][]

const day = /^\d{4}-\d{2}-\d{2}$/

export type EventSearch = ReturnType<typeof readEventSearch>

export function readEventSearch(search: Record<string, unknown>) {
  return textsOf(search, 'q', 'type', 'from', 'to', 'by', 'cursor')
}

/** Days are the reader's own, from their midnight to the next one; what the address mistypes is left out. */
export function filtersOf({ q, type, from, to, by }: EventSearch) {
  return {
    ...(q && { q }),
    ...(type && eventTypes.some((known) => known === type) && { eventType: type }),
    ...(from && day.test(from) && { from: new Date(`${from}T00:00:00`).toISOString() }),
    ...(to && day.test(to) && { to: new Date(`${to}T23:59:59.999`).toISOString() }),
    ...(by && { initiatedBy: by }),
  }
}
