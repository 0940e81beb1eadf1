/** The address of the events list, and what it means for the API. */
import type { components } from '../../api/schema.d.ts'
import { dayOf, endOfDay, startOfDay } from '../../lib/day.ts'
import { textsOf } from '../../lib/search-text.ts'

export type AuditEvent = components['schemas']['DirectoryInsightsEvent']

type EventType = AuditEvent['event_type']

/** Every type the service knows, in the order of the filter: one that is missing here, or unknown there, does not compile. */
const known: Record<EventType, true> = {
  access_management_access_request: true,
  access_management_access_request_approval: true,
  access_management_access_request_expired: true,
  access_management_access_request_canceled: true,
  access_management_access_request_missing_data: true,
  access_management_access_request_error: true,
  access_management_access_request_settings_update: true,
  access_management_access_revoked: true,
  access_management_association_change: true,
  access_management_call_refused: true,
  access_management_export: true,
  access_management_history_decode: true,
  access_management_approval_flow_create: true,
  access_management_approval_flow_update: true,
  access_management_approval_flow_delete: true,
  access_management_application_create: true,
  access_management_application_update: true,
  access_management_application_delete: true,
  access_management_connector_create: true,
  access_management_connector_update: true,
  access_management_connector_delete: true,
  user_login_attempt: true,
  user_logout: true,
  user_create: true,
  user_update: true,
  user_password_link_create: true,
  pending_change_create: true,
  pending_change_approve: true,
  pending_change_reject: true,
  user_erase: true,
  user_group_create: true,
  user_group_update: true,
  user_group_delete: true,
  retention_removal: true,
  api_token_create: true,
  api_token_delete: true,
}
export const eventTypes = Object.keys(known) as EventType[]

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export type EventSearch = ReturnType<typeof readEventSearch>

export function readEventSearch(search: Record<string, unknown>) {
  const { from, to, request, ...texts } = textsOf(search, 'q', 'type', 'from', 'to', 'by', 'request', 'cursor')
  return {
    ...texts,
    ...(dayOf(from) && { from }),
    ...(dayOf(to) && { to }),
    ...(request && uuid.test(request) && { request }),
  }
}

/** Days are the reader's own, from their midnight to the next one; what the address mistypes is left out. */
export function filtersOf({ q, type, from, to, by, request }: EventSearch) {
  return {
    ...(q && { q }),
    ...(type && Object.hasOwn(known, type) && { eventType: type }),
    ...(from && { from: startOfDay(from) }),
    ...(to && { to: endOfDay(to) }),
    ...(by && { initiatedBy: by }),
    ...(request && { accessRequestId: request }),
  }
}
